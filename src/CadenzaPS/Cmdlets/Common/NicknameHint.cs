using System;
using System.Linq;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>Says to use -Nickname where the value of -CredentialId is not an id, but may be a nickname.</summary>
internal static class NicknameHint
{
    private const int MaxShownLength = 100;

    /// <summary>Adds the hint to the error of an id that is not valid or that does not exist.</summary>
    public static CadenzaErrorReport AddTo(CadenzaErrorReport error)
    {
        bool isCandidate = error.Kind is CadenzaErrorKind.InvalidCredentialId or CadenzaErrorKind.CredentialNotFound;
        if (!isCandidate || string.IsNullOrWhiteSpace(error.Target))
        {
            return error;
        }

        string text = error.Target!.Trim();
        return !Guid.TryParse(text, out _) || IsKnownNickname(text)
            ? error.WithSentence(InputMessages.NicknameHint(FormatArgument(text)))
            : error;
    }

    private static bool IsKnownNickname(string text) => RunspaceMemory.Current.List().Any(
        credential => text.Equals(credential.Nickname, StringComparison.OrdinalIgnoreCase));

    private static string? FormatArgument(string text) => text.Length <= MaxShownLength && !text.Any(char.IsControl)
        ? Argument.Quote(Argument.EscapeWildcards(text), always: true)
        : null;
}
