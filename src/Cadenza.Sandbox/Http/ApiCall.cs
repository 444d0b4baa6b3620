using System;

namespace Cadenza.Sandbox.Http;

/// <summary>One request, taken apart.</summary>
internal sealed class ApiCall(string method, Uri uri, string? bearer, ReadOnlyMemory<byte> body, string requestId)
{
    public string Method { get; } = method;

    public string Path { get; } = uri.AbsolutePath;

    public string PathAndQuery { get; } = uri.PathAndQuery;

    public QueryParameters Query { get; } = QueryParameters.Parse(uri.Query);

    /// <summary>The bearer token, or null when the request brought none.</summary>
    public string? Bearer { get; } = bearer;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string RequestId { get; } = requestId;

    /// <summary>Whether the request changed a credential or a session; its endpoint says so.</summary>
    public bool TookEffect { get; set; }
}
