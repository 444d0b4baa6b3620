namespace Cadenza.Client.Errors;

/// <content>Changes.</content>
internal static partial class Messages
{
    public const string Accepted = "The server accepted the request.";

    public const string CannotSearchCreated =
        "The client cannot check whether it was created, because it has no nickname.";

    public const string CreationNotConfirmed = "The client could not confirm that it was created.";

    /// <summary>A clause.</summary>
    public const string JournalNeedsNickname =
        "a journal requires a nickname, which identifies the new credential";

    /// <summary>A clause.</summary>
    public const string NotReadBack = "it was not read back";

    /// <summary>A clause.</summary>
    public const string CallTimedOut = "the call timed out";

    /// <summary>A clause.</summary>
    public const string NotInList = "the server's list does not contain it";

    /// <summary>A clause.</summary>
    public const string NoCredentialId = "it has no CredentialId";

    /// <summary>Stands for the name of a credential without an id.</summary>
    public const string NamelessCredential = "a credential without an id";

    public static string NotCompleted(string reason) =>
        $"The server accepted the request but did not complete it in time. When last checked, {reason}.";

    /// <summary>A text for progress, without a period.</summary>
    public static string WaitingFor(string name, string changed, string? status) =>
        $"Waiting for {name} to be {changed}" + (string.IsNullOrEmpty(status) ? "" : $" ({status})");

    /// <summary>A clause.</summary>
    public static string CannotReadBack(string? fault) => $"it could not be read back: {fault}";

    /// <summary>A clause.</summary>
    public static string HadStatus(string? status) => $"the credential had the status {status ?? "(none)"}";

    public static string ChangedButNotReadBack(string credentialId, string? reason) =>
        $"Credential {credentialId} was changed but could not be read back: {reason}.";

    public static string SuccessWithMessage(string name, string changed, string message) =>
        $"The server reports that {name} was {changed}, with the message: {message.TrimEnd('.')}.";

    public static string KeysMayBeRejected(string name, string changed, string? status) =>
        $"{name} was {changed}, but its status is {status}: the exchange may not accept the new keys.";
}
