using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Text.Json;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>An immutable API request. It can be sent several times; each attempt creates a new body.</summary>
internal sealed class ApiRequest
{
    private ApiRequest(
        HttpMethod method,
        ApiOperation operation,
        string path,
        RetryClass retryClass,
        Action<Utf8JsonWriter>? writeBody)
    {
        Method = method;
        Operation = operation;
        Path = path;
        RetryClass = retryClass;
        WriteBody = writeBody;
    }

    public HttpMethod Method { get; }

    /// <summary>The operation, which decides what a failure means.</summary>
    public ApiOperation Operation { get; }

    /// <summary>Path and query, relative to the base address, such as <c>/api/v3/credential/list</c>.</summary>
    public string Path { get; }

    public RetryClass RetryClass { get; }

    /// <summary>Whether the request needs the access token: all but login and refresh.</summary>
    public bool NeedsToken { get; private init; } = true;

    /// <summary>The secrets in the body. They are redacted if the response quotes them.</summary>
    public IReadOnlyList<SecureString> Secrets { get; private init; } = [];

    private Action<Utf8JsonWriter>? WriteBody { get; }

    public static ApiRequest Read(string path) =>
        new(HttpMethod.Get, ApiOperation.Read, path, RetryClass.Safe, writeBody: null);

    public static ApiRequest Post(
        ApiOperation operation,
        string path,
        RetryClass retryClass,
        Action<Utf8JsonWriter>? writeBody,
        IReadOnlyList<SecureString>? secrets = null) =>
        new(HttpMethod.Post, operation, path, retryClass, writeBody) { Secrets = secrets ?? [] };

    /// <summary>Creates a request without an access token, for login and refresh.</summary>
    public static ApiRequest PostAnonymous(
        ApiOperation operation,
        string path,
        RetryClass retryClass,
        Action<Utf8JsonWriter> writeBody,
        IReadOnlyList<SecureString> secrets) =>
        new(HttpMethod.Post, operation, path, retryClass, writeBody) { Secrets = secrets, NeedsToken = false };

    /// <summary>Creates a new body, or returns null for a request without one.</summary>
    public SecretContent? CreateContent()
    {
        if (WriteBody is null)
        {
            return null;
        }

        using var buffer = new ZeroingBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteBody(writer);
            writer.WriteEndObject();
        }

        return new SecretContent(buffer.ToArray());
    }
}
