using System;
using System.Collections.Generic;
using System.Globalization;

namespace Cadenza.Sandbox.Http;

/// <summary>The parameters of a query; names are case-sensitive and may repeat.</summary>
internal sealed class QueryParameters
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    public static QueryParameters Parse(string query)
    {
        var parameters = new QueryParameters();
        foreach (string part in query.TrimStart('?').Split('&'))
        {
            if (part.Length == 0)
            {
                continue;
            }

            int mark = part.IndexOf('=');
            string name = mark < 0 ? part : part.Substring(0, mark);
            string value = mark < 0 ? "" : part.Substring(mark + 1);
            parameters._pairs.Add(new(Decode(name), Decode(value)));
        }

        return parameters;
    }

    /// <summary>All values of this name that are not empty, in their order.</summary>
    public IReadOnlyList<string> All(string name)
    {
        var values = new List<string>();
        foreach (KeyValuePair<string, string> pair in _pairs)
        {
            if (pair.Value.Length > 0 && string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                values.Add(pair.Value);
            }
        }

        return values;
    }

    /// <summary>The last value of this name, or null if there is none or it is empty.</summary>
    public string? Last(string name) => All(name) is { Count: > 0 } values ? values[values.Count - 1] : null;

    /// <summary>The last value of this name as a whole number, or null.</summary>
    /// <exception cref="ApiErrorException">It is not a number, or out of range.</exception>
    public int? Number(string name, int min, int max)
    {
        if (Last(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= min
            && number <= max
            ? number
            : throw new ApiErrorException(ApiErrors.InvalidField(name + " is not valid"));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
