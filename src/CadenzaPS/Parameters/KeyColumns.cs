using System.Collections.Generic;

namespace CadenzaPS.Parameters;

/// <summary>The columns that commands read from rows.</summary>
internal static class KeyColumns
{
    private static readonly string[] Id = ["CredentialId", "Id"];
    private static readonly string[] Venue = ["Venue"];
    private static readonly string[] ApiKey = ["ApiKey", "ApiCredential"];
    private static readonly string[] ApiSecret = ["ApiSecret", "ApiCredential"];
    private static readonly string[] Keys = ["ApiCredential", "ApiKey", "ApiSecret", "ApiPassphrase"];

    /// <summary>The columns of a command that needs only an id.</summary>
    public static InputColumns ForId() => new([Id], ["CredentialId"]);

    /// <summary>The columns of a command that rotates keys.</summary>
    public static InputColumns ForRotation(bool hasExplicitKeys) =>
        new(hasExplicitKeys ? [Id] : [Id, ApiKey, ApiSecret], ["CredentialId", .. Keys]);

    /// <summary>The columns of a command that creates credentials.</summary>
    public static InputColumns ForCreation(bool hasExplicitKeys, bool hasExplicitVenue)
    {
        var required = new List<string[]>();
        if (!hasExplicitVenue)
        {
            required.Add(Venue);
        }

        if (!hasExplicitKeys)
        {
            required.AddRange([ApiKey, ApiSecret]);
        }

        return new InputColumns(required, ["Venue", "Nickname", "CredentialType", .. Keys]);
    }
}
