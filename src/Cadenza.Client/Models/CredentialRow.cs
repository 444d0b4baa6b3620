using Cadenza.Client.Errors;

namespace Cadenza.Client.Models;

/// <summary>One thing that a listing brings: exactly one of the members is set.</summary>
public readonly record struct CredentialRow
{
    /// <summary>A credential that passed the filter.</summary>
    public CadenzaCredential? Credential { get; private init; }

    /// <summary>An element that cannot be read, or a wanted id that the server does not have; the listing goes on.</summary>
    public ApiException? Error { get; private init; }

    /// <summary>For an <see cref="Error"/> about a wanted id: the id.</summary>
    public string? MissingId { get; private init; }

    /// <summary>Something that the listing met and the caller should know.</summary>
    public string? Warning { get; private init; }

    internal static CredentialRow Of(CadenzaCredential credential) => new() { Credential = credential };

    internal static CredentialRow Bad(ApiException error) => new() { Error = error };

    internal static CredentialRow Missing(string id, ApiException error) => new() { MissingId = id, Error = error };

    internal static CredentialRow Warn(string warning) => new() { Warning = warning };
}
