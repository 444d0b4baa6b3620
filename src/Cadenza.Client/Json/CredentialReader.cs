using System;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>
/// Reads a credential in any of the three dialects, or a mixture: which one a server speaks shows in the members' names only.
/// Where both names of one thing are there, the guide's and OpenAPI's name wins over the endpoint page's.
/// </summary>
internal static class CredentialReader
{
    /// <summary>Reads one credential from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">How its texts are taken out.</param>
    /// <exception cref="CredentialFormatException">It is no object, has no usable id, or a known member has an impossible type.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static CadenzaCredential Read(ReadOnlySpan<byte> json, SecretRedactor redactor) =>
        CredentialParser.Read(json, redactor, interned: null).Build();
}
