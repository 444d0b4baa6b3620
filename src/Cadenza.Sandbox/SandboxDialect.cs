namespace Cadenza.Sandbox;

/// <summary>Which of the three published descriptions of the API the sandbox follows. They differ in names,
/// vocabularies and filters.</summary>
public enum SandboxDialect
{
    /// <summary>The public guide: <c>nickname</c>, PENDING / VERIFIED / FAILED / REVOKED, <c>identities</c>.</summary>
    Guide,

    /// <summary>The endpoint reference pages: <c>name</c>, <c>type</c>, ACTIVE / REVOKED, a masked
    /// <c>apiKey</c>.</summary>
    EndpointPage,

    /// <summary>The OpenAPI 3.0.1 description: CREATED / ACTIVE / EXPIRED / REVOKED, times also as ISO 8601
    /// text.</summary>
    OpenApi,
}
