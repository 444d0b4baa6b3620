using System;
using System.Globalization;
using System.Text.Json;

namespace Cadenza.Sandbox.Dialects;

/// <summary>Times as the API writes them.</summary>
internal static class Times
{
    /// <summary>Writes a time twice: as milliseconds since 1970 and as ISO 8601 text.</summary>
    public static void Write(Utf8JsonWriter json, string name, string isoName, long milliseconds)
    {
        json.WriteNumber(name, milliseconds);
        json.WriteString(isoName, Iso(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)));
    }

    public static string Iso(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", CultureInfo.InvariantCulture);
}
