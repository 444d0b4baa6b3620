using System;
using System.Collections.Generic;
using System.Text.Json;

namespace Cadenza.Sandbox.Http;

/// <summary>A JSON object that came with a request. Reads where the bytes lie, so that the caller can wipe them afterwards.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly JsonDocument _document;

    private RequestBody(JsonDocument document) => _document = document;

    /// <exception cref="ApiErrorException">The bytes are no JSON, or no object.</exception>
    public static RequestBody Parse(ApiCall call)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(call.Body);
        }
        catch (JsonException)
        {
            throw new ApiErrorException(ApiErrors.InvalidJson);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new RequestBody(document);
        }

        document.Dispose();
        throw new ApiErrorException(ApiErrors.InvalidField("The body must be an object"));
    }

    /// <exception cref="ApiErrorException">It is missing, empty or no text.</exception>
    public string Required(string name) =>
        Optional(name) ?? throw new ApiErrorException(ApiErrors.InvalidField(name + " is required"));

    /// <summary>The text of the member, or null when it is missing, null or empty.</summary>
    /// <exception cref="ApiErrorException">It is there, but no text.</exception>
    public string? Optional(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Text(value, name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The texts of an array member, or null when it is missing or null.</summary>
    /// <exception cref="ApiErrorException">It is no array of texts.</exception>
    public IReadOnlyList<string>? OptionalList(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiErrors.InvalidField(name + " must be an array"));
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            texts.Add(Text(element, name));
        }

        return texts;
    }

    public void Dispose() => _document.Dispose();

    private static string Text(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new ApiErrorException(ApiErrors.InvalidField(name + " must be a string"));
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: the reader finds out only here.
            throw new ApiErrorException(ApiErrors.InvalidJson);
        }
    }
}
