using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>The credential types that the API documents. A server may send others.</summary>
internal static class CredentialTypes
{
    /// <summary>The default type of a new credential, from the API's endpoint page.</summary>
    public const string Default = "EXCHANGE";

    /// <summary>The known types, in alphabetical order.</summary>
    public static IReadOnlyList<string> Known { get; } =
        ["API_KEY", "BROKER", "ED25519", Default, "HMAC", "OAUTH", "RSA", "TOKEN"];
}
