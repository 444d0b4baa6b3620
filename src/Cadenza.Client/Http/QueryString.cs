using System;
using System.Text;

namespace Cadenza.Client.Http;

/// <summary>Builds the query of a request.</summary>
internal static class QueryString
{
    /// <summary>Appends a parameter with its value escaped; nothing for null.</summary>
    public static void Append(StringBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
