namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// A change of one credential on one server. The credentials of all servers have the same ids and names, so that a
/// change of one server can be confused with that of another.
/// </summary>
/// <param name="server">The host of the server.</param>
/// <param name="action">The change.</param>
/// <param name="credential">The credential; for a creation, one that has the nickname, or null.</param>
/// <param name="number">The number of the item.</param>
internal sealed class ModelItem(string server, ChangeAction action, SandboxCredential? credential, int number)
{
    /// <summary>Every secret contains this.</summary>
    public const string SecretMark = "SECRET";

    private readonly string[] _keys =
        [.. new[] { "key", "secret", "passphrase" }.Select(name => $"{SecretMark}-{name}-{server}-{number}")];

    public ChangeAction Action => action;

    public SandboxCredential? Credential => credential;

    public string Nickname => credential?.Nickname ?? $"desk {number}";

    public string Key => field ??=
        KeyOf(server, Verb, Action == ChangeAction.Create ? Nickname : Credential!.CredentialId);

    public string Fingerprint => field ??= KeyFingerprint.Compute(_keys[0], _keys[1], _keys[2]);

    private ApiKeySet Keys => field ??= TestClients.Keys(_keys[0], _keys[1], _keys[2]);

    private string Verb => Action switch
    {
        ChangeAction.Revoke => "revoke",
        ChangeAction.Rotate => "rotate",
        _ => "create",
    };

    public static string KeyOf(string server, string action, string name) => $"{action} {name} on {server}";

    public CredentialReference ToReference(int position) => Action == ChangeAction.Create
        ? new CredentialReference { Number = position }
        : new CredentialReference(Credential!.CredentialId) { Number = position };

    public ChangeRequest ToRequest(CredentialReference reference) => Action switch
    {
        ChangeAction.Revoke => new RevokeRequest(reference),
        ChangeAction.Rotate => new RotateRequest(reference, Keys),
        _ => new CreateRequest(new NewCredential(Credential?.Venue ?? "BYBIT", Keys) { Nickname = Nickname }),
    };

    public override string ToString() => Key;
}
