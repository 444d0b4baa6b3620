using System;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>
/// Reads a credential in any of the three dialects or a mixture of them. The dialects differ in the names of members.
/// If both names of a member exist, the name of the guide and the OpenAPI document has precedence over that of the
/// endpoint page.
/// </summary>
internal static class CredentialReader
{
    /// <summary>Reads one credential from its JSON.</summary>
    /// <param name="json">The JSON of the object.</param>
    /// <param name="redactor">Redacts texts.</param>
    /// <exception cref="CredentialFormatException">
    /// The JSON is not an object, has no valid id, or a known member has the wrong type.
    /// </exception>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static CadenzaCredential Read(ReadOnlySpan<byte> json, SecretRedactor redactor) =>
        CredentialParser.Read(json, redactor, interned: null).Build();
}
