using System;
using System.Collections.Generic;

namespace Cadenza.Sandbox.Http;

/// <summary>One request, parsed.</summary>
internal sealed class ApiCall(
    string method, Uri uri, string? bearer, ReadOnlyMemory<byte> body, string requestId, CallBehavior behavior)
{
    public string Method { get; } = method;

    public string Path { get; } = uri.AbsolutePath;

    public string PathAndQuery { get; } = uri.PathAndQuery;

    public QueryParameters Query { get; } = QueryParameters.Parse(uri.Query);

    /// <summary>The bearer token; null if the request has none.</summary>
    public string? Bearer { get; } = bearer;

    public ReadOnlyMemory<byte> Body { get; } = body;

    public string RequestId { get; } = requestId;

    /// <summary>How the server treats it.</summary>
    public CallBehavior Behavior { get; } = behavior;

    /// <summary>The only members that its body may have; null: any.</summary>
    public IReadOnlyList<string>? AllowedMembers { get; set; }

    /// <summary>Whether the request changed a credential or a session; set by its endpoint.</summary>
    public bool TookEffect { get; set; }
}
