using System.Collections.Generic;
using System.Text.Json;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>How one description of the API writes the state and reads requests.</summary>
internal abstract class Dialect
{
    /// <summary>Whether the published example has errno and pagination before the data.</summary>
    public virtual bool ErrnoFirst => false;

    /// <summary>Whether verify answers with trading accounts instead of the credential.</summary>
    public virtual bool VerifyAnswersAccounts => false;

    /// <summary>Whether times are written a second time as ISO 8601 text.</summary>
    public virtual bool WritesIsoTimes => false;

    /// <summary>The credential types of the dialect.</summary>
    public abstract IReadOnlyList<string> Types { get; }

    public static Dialect Of(SandboxDialect dialect) => dialect switch
    {
        SandboxDialect.EndpointPage => new EndpointPageDialect(),
        SandboxDialect.OpenApi => new OpenApiDialect(),
        _ => new GuideDialect(),
    };

    /// <summary>The status that the dialect shows.</summary>
    public string StatusOf(Credential credential) => credential.InterimStatus ?? StatusOf(credential.State);

    public abstract string? TypeOf(Credential credential);

    public abstract void Write(Utf8JsonWriter json, Credential credential, string status);

    public void Write(Utf8JsonWriter json, Credential credential) => Write(json, credential, StatusOf(credential));

    /// <summary>The members that the body of a request may have.</summary>
    /// <param name="path">The path of the request.</param>
    public IReadOnlyList<string> MembersOf(string path) => path switch
    {
        Route.Prefix + "auth/login" => ["email", "password"],
        Route.Prefix + "auth/token/refresh" => ["refreshToken"],
        Route.Prefix + "credential/create" => CreateMembers,
        Route.Prefix + "credential/rotate" => ["credentialId", "apiKey", "apiSecret", "apiPassphrase"],
        Route.Prefix + "credential/revoke" => ["credentialId"],
        Route.Prefix + "credential/verify" => VerifyMembers,
        _ => [],
    };

    /// <exception cref="ApiErrorException">The dialect checks values, and this one is not in its
    /// vocabulary.</exception>
    public virtual CredentialFilter ReadFilter(QueryParameters query)
    {
        IReadOnlyList<string> ids = query.All("credentialIds");
        return new CredentialFilter(
            query.Last("credentialType"), query.Last("credentialStatus"), ids.Count > 0 ? ids : null);
    }

    protected virtual IReadOnlyList<string> CreateMembers { get; } =
        ["venue", "credentialType", "nickname", "apiKey", "apiSecret", "apiPassphrase"];

    protected virtual IReadOnlyList<string> VerifyMembers { get; } = ["credentialId"];

    protected abstract string StatusOf(CredentialState state);
}
