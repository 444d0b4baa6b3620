using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cadenza.Client.Models;

/// <summary>A dictionary whose ToString returns its content, for example for a CSV cell.</summary>
internal sealed class ReadableProperties(IDictionary<string, object?> members)
    : ReadOnlyDictionary<string, object?>(members)
{
    // No HTML escaping: the text is not for a web page and was sanitized when it was read.
    // NaN and infinity become text, because ToString must not throw.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Wraps a dictionary, or returns it if it is wrapped already.</summary>
    public static ReadableProperties Of(IReadOnlyDictionary<string, object?> members) =>
        members as ReadableProperties
        ?? new ReadableProperties(members as IDictionary<string, object?> ?? Copy(members));

    /// <summary>Returns the members as one line of JSON, or an empty string if there are none.</summary>
    public override string ToString() => Count == 0 ? "" : JsonSerializer.Serialize(Dictionary, Options);

    private static Dictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> members) =>
        members.ToDictionary(static member => member.Key, static member => member.Value, StringComparer.Ordinal);
}
