using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Cadenza.Sandbox.Http;

/// <summary>The JSON object of a request. Reads the bytes in place, so that the caller can clear them
/// afterwards.</summary>
internal sealed class RequestBody : IDisposable
{
    private readonly JsonDocument _document;

    private RequestBody(JsonDocument document) => _document = document;

    /// <exception cref="ApiErrorException">The bytes are not JSON or not an object, or a member is not
    /// allowed.</exception>
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

        if (Validate(document.RootElement, call.AllowedMembers) is { } error)
        {
            document.Dispose();
            throw new ApiErrorException(error);
        }

        return new RequestBody(document);
    }

    /// <exception cref="ApiErrorException">It is missing, empty or not a string.</exception>
    public string Required(string name) =>
        Optional(name) ?? throw new ApiErrorException(ApiErrors.InvalidField(name + " is required"));

    /// <summary>The text of the member, or null if it is missing, null or empty.</summary>
    /// <exception cref="ApiErrorException">It is not a string.</exception>
    public string? Optional(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return Text(value, name) is { Length: > 0 } text ? text : null;
    }

    /// <summary>The strings of an array member, or null if it is missing or null.</summary>
    /// <exception cref="ApiErrorException">It is not an array of strings.</exception>
    public IReadOnlyList<string>? OptionalList(string name)
    {
        if (!_document.RootElement.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new ApiErrorException(ApiErrors.InvalidField(name + " must be an array"));
        }

        var texts = new List<string>(value.GetArrayLength());
        foreach (JsonElement element in value.EnumerateArray())
        {
            texts.Add(Text(element, name));
        }

        return texts;
    }

    public void Dispose() => _document.Dispose();

    private static ApiError? Validate(JsonElement root, IReadOnlyList<string>? allowedMembers)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return ApiErrors.InvalidField("The body must be an object");
        }

        if (allowedMembers is not null)
        {
            foreach (JsonProperty member in root.EnumerateObject())
            {
                if (!allowedMembers.Contains(member.Name, StringComparer.Ordinal))
                {
                    return ApiErrors.InvalidField("unknown member " + member.Name);
                }
            }
        }

        return null;
    }

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
            // Bytes that are not UTF-8, or half a surrogate pair: the reader does not check them before.
            throw new ApiErrorException(ApiErrors.InvalidJson);
        }
    }
}
