using System;
using System.Text;

namespace Cadenza.Client.Http;

/// <summary>Builds query strings.</summary>
internal static class QueryString
{
    /// <summary>Appends a parameter and escapes its value. Does nothing if the value is null.</summary>
    public static void Append(StringBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
