using System.Text.Json;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Dialects;

/// <summary>One way of showing the one state, and of reading list filters.</summary>
internal abstract class Dialect
{
    /// <summary>Whether the published example has errno and pagination before the data.</summary>
    public virtual bool ErrnoFirst => false;

    /// <summary>Whether verify answers with trading accounts instead of the credential.</summary>
    public virtual bool VerifyAnswersAccounts => false;

    /// <summary>Whether times come a second time as ISO 8601 text.</summary>
    public virtual bool WritesIsoTimes => false;

    public static Dialect Of(SandboxDialect dialect) => dialect switch
    {
        SandboxDialect.EndpointPage => new EndpointPageDialect(),
        SandboxDialect.OpenApi => new OpenApiDialect(),
        _ => new GuideDialect(),
    };

    public abstract string StatusOf(Credential credential);

    public abstract string? TypeOf(Credential credential);

    public abstract void Write(Utf8JsonWriter json, Credential credential);

    /// <exception cref="ApiErrorException">The dialect checks values, and this one isn't in its vocabulary.</exception>
    public virtual CredentialFilter ReadFilter(QueryParameters query)
    {
        var ids = query.All("credentialIds");
        return new CredentialFilter(query.Last("credentialType"), query.Last("credentialStatus"), ids.Count > 0 ? ids : null);
    }
}
