using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>The types of credentials that the API's documents name. A server may send others.</summary>
public static class CredentialTypes
{
    /// <summary>The type that a new credential has where none is given, as on the API's endpoint page.</summary>
    public const string Default = "EXCHANGE";

    /// <summary>The known types, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Known { get; } = ["API_KEY", "BROKER", "ED25519", Default, "HMAC", "OAUTH", "RSA", "TOKEN"];
}
