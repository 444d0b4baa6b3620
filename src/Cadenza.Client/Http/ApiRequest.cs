using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Security;
using System.Text.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>One call of the API, immutable: it can be sent any number of times, each time with a fresh body.</summary>
internal sealed class ApiRequest
{
    private ApiRequest(HttpMethod method, string path, RetryClass retryClass, Action<Utf8JsonWriter>? writeBody)
    {
        Method = method;
        Path = path;
        RetryClass = retryClass;
        WriteBody = writeBody;
    }

    public HttpMethod Method { get; }

    /// <summary>Path and query below the base address, such as <c>/api/v3/credential/list</c>.</summary>
    public string Path { get; }

    public RetryClass RetryClass { get; }

    /// <summary>Whether the call carries the access token: every one but login, refresh and health.</summary>
    public bool NeedsToken { get; private init; } = true;

    /// <summary>Secrets in the body, to be masked should the answer quote them.</summary>
    public IReadOnlyList<SecureString> Secrets { get; private init; } = [];

    private Action<Utf8JsonWriter>? WriteBody { get; }

    public static ApiRequest Read(string path) => new(HttpMethod.Get, path, RetryClass.Safe, writeBody: null);

    public static ApiRequest Post(
        string path, RetryClass retryClass, Action<Utf8JsonWriter>? writeBody, IReadOnlyList<SecureString>? secrets = null) =>
        new(HttpMethod.Post, path, retryClass, writeBody) { Secrets = secrets ?? [] };

    /// <summary>A call that carries no access token because it is there to get one.</summary>
    public static ApiRequest PostAnonymous(
        string path, RetryClass retryClass, Action<Utf8JsonWriter> writeBody, IReadOnlyList<SecureString> secrets) =>
        new(HttpMethod.Post, path, retryClass, writeBody) { Secrets = secrets, NeedsToken = false };

    /// <summary>A fresh body; null for a call without one.</summary>
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
