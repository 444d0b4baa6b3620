using Cadenza.Client.Errors;

namespace Cadenza.Client.Models;

/// <summary>One result of a listing: a credential, an error or a warning.</summary>
public readonly record struct CredentialRow
{
    /// <summary>A credential that matches the filter, or null.</summary>
    public CadenzaCredential? Credential { get; private init; }

    /// <summary>
    /// The error for an element that cannot be read or a requested id that does not exist, or null. The listing
    /// continues.
    /// </summary>
    public ApiException? Error { get; private init; }

    /// <summary>The requested id that <see cref="Error"/> is about, or null.</summary>
    public string? MissingId { get; private init; }

    /// <summary>A warning, or null.</summary>
    public string? Warning { get; private init; }

    internal static CredentialRow Of(CadenzaCredential credential) => new() { Credential = credential };

    internal static CredentialRow Bad(ApiException error) => new() { Error = error };

    internal static CredentialRow Missing(string id, ApiException error) => new() { MissingId = id, Error = error };

    internal static CredentialRow Warn(string warning) => new() { Warning = warning };
}
