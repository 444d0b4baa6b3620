using System.Globalization;
using System.Text;

namespace Cadenza.Sandbox.Http;

/// <summary>JSON strings with as many escapes as JSON allows.</summary>
internal static class EscapedJson
{
    /// <summary>A JSON string in which every character that is not an ASCII letter or digit is escaped.</summary>
    public static string Write(string text)
    {
        var json = new StringBuilder("\"", text.Length * 2);
        foreach (char c in text)
        {
            if (c is (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))
            {
                json.Append(c);
            }
            else
            {
                json.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return json.Append('"').ToString();
    }
}
