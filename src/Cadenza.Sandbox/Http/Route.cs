using System;

namespace Cadenza.Sandbox.Http;

/// <summary>One page of the API.</summary>
internal sealed class Route(string method, string page, Func<ApiCall, ApiResponse> endpoint, bool isPublic = false)
{
    public const string Prefix = "/api/v3/";

    public string Method { get; } = method;

    public string Path { get; } = Prefix + page;

    public Func<ApiCall, ApiResponse> Endpoint { get; } = endpoint;

    /// <summary>Whether it answers without a token.</summary>
    public bool IsPublic { get; } = isPublic;
}
