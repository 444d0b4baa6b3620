using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Journal;

/// <summary>A journal that cannot be used, or a change that another run with the same journal is processing.</summary>
public sealed class JournalException : CadenzaException
{
    /// <summary>Creates the exception. The <paramref name="message"/> must be sanitized for a terminal.</summary>
    internal JournalException(CadenzaErrorKind kind, string message)
        : base(kind, RequestOutcome.NotSent, message)
    {
    }

    private JournalException(CadenzaErrorKind kind, RequestOutcome outcome, string message)
        : base(kind, outcome, message)
    {
    }

    /// <summary>A journal that cannot be used. Nothing is sent without it.</summary>
    internal static JournalException Unusable(string message) =>
        new(CadenzaErrorKind.JournalUnusable, TextSanitizer.SanitizeMessage(message)!);

    internal override CadenzaException With(RequestOutcome outcome, string message) =>
        new JournalException(Kind, outcome, message);
}
