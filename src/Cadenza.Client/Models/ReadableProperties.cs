using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cadenza.Client.Models;

/// <summary>Properties that are readable where only their text is taken, as in a cell of a CSV file.</summary>
internal sealed class ReadableProperties(IDictionary<string, object?> members) : ReadOnlyDictionary<string, object?>(members)
{
    // Not escaped for HTML: this is no web page, and the text was cleaned of control characters when it was read.
    // A number that JSON has no literal for becomes text, since a ToString must not throw.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Takes the members of a dictionary, or the dictionary itself where it is readable already.</summary>
    public static ReadableProperties Of(IReadOnlyDictionary<string, object?> members) =>
        members as ReadableProperties
        ?? new ReadableProperties(members as IDictionary<string, object?> ?? members.ToDictionary(static member => member.Key, static member => member.Value, StringComparer.Ordinal));

    /// <summary>The members as one line of JSON; empty where there are none.</summary>
    public override string ToString() => Count == 0 ? "" : JsonSerializer.Serialize(Dictionary, Options);
}
