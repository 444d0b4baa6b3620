using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Changes;

/// <summary>The errors of changes. Each one says whether the change was made.</summary>
public static class ChangeErrors
{
    /// <summary>A failed change of one credential, saying whether it was made.</summary>
    public static CadenzaErrorReport ForChange(ChangeKind kind, string credentialId, string name, CadenzaApiException exception) =>
        new(exception.Kind, DescribeChange(kind, name, exception), credentialId, exception);

    /// <summary>Input for a change that was refused before anything was sent.</summary>
    public static CadenzaErrorReport ForChangeInput(ChangeKind change, CadenzaErrorKind kind, ChangeItem item, string fault)
    {
        string name = string.IsNullOrWhiteSpace(item.CredentialId)
            ? item.Origin ?? "a credential without an id"
            : DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
        return ErrorCatalog.ForInput(kind, $"{ErrorCatalog.Capitalize(name)} was not {change.PastParticiple}: {fault}", item.CredentialId ?? item.Origin);
    }

    private static string DescribeChange(ChangeKind kind, string name, CadenzaApiException exception) => exception.Outcome switch
    {
        // Another run may be making the change at this moment.
        _ when exception.Kind == CadenzaErrorKind.JournalBusy => $"Nothing was sent for {name}: {exception.Message}",
        RequestOutcome.Unknown => $"It is unknown whether {name} was {kind.PastParticiple}: {exception.Message}",
        RequestOutcome.Applied => $"{ErrorCatalog.Capitalize(name)} was {kind.PastParticiple}, but: {exception.Message}",
        _ => $"{ErrorCatalog.Capitalize(name)} was not {kind.PastParticiple}: {exception.Message}",
    };
}
