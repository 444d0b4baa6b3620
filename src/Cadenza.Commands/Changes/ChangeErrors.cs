using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Changes;

/// <summary>The errors of changes. Each one says whether the change was made.</summary>
public static class ChangeErrors
{
    /// <summary>A failed change, saying whether it was made.</summary>
    internal static CadenzaErrorReport ForChange(ChangeRequest request, CadenzaException exception) =>
        new(exception.Kind, DescribeChange(request.Kind, request.DisplayName, exception), request.Target, exception);

    /// <summary>A change that was refused before it was sent.</summary>
    /// <param name="request">The change.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="fault">The same, as the rest of a sentence.</param>
    internal static CadenzaErrorReport ForRefused(ChangeRequest request, CadenzaErrorKind kind, string fault) => ErrorCatalog.ForInput(
        kind, $"{ErrorCatalog.Capitalize(request.DisplayName)} was not {request.Kind.PastParticiple}: {fault}.", request.Target);

    /// <summary>Input for a change that was refused before anything was sent.</summary>
    public static CadenzaErrorReport ForChangeInput(ChangeKind change, CadenzaErrorKind kind, CredentialReference item, string fault)
    {
        string name = string.IsNullOrWhiteSpace(item.CredentialId)
            ? item.Origin ?? "a credential without an id"
            : DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
        return ErrorCatalog.ForInput(kind, $"{ErrorCatalog.Capitalize(name)} was not {change.PastParticiple}: {fault}", item.CredentialId ?? item.Origin);
    }

    private static string DescribeChange(ChangeKind kind, string name, CadenzaException exception) => exception.Outcome switch
    {
        // Another run may be making the change at this moment.
        _ when exception.Kind == CadenzaErrorKind.JournalBusy => $"Nothing was sent for {name}: {exception.Message}",
        RequestOutcome.Unknown => $"It is unknown whether {name} was {kind.PastParticiple}: {exception.Message}",
        RequestOutcome.Applied => $"{ErrorCatalog.Capitalize(name)} was {kind.PastParticiple}, but: {exception.Message}",
        _ => $"{ErrorCatalog.Capitalize(name)} was not {kind.PastParticiple}: {exception.Message}",
    };
}
