using System.Text.RegularExpressions;

namespace Cadenza.Client.Tests.Support;

/// <summary>The forms in which servers quote a secret.</summary>
internal static partial class EchoForms
{
    public static readonly IReadOnlyDictionary<string, Func<string, string>> All =
        new Dictionary<string, Func<string, string>>
    {
        ["as sent"] = static s => s,
        ["trimmed"] = static s => s.Trim(),
        ["upper case"] = static s => s.ToUpperInvariant(),
        ["line ends removed"] = static s => s.Replace("\r", "").Replace("\n", ""),
        ["line ends as spaces"] = static s => s.Trim().Replace("\r\n", " ").Replace("\n", " "),
        ["line ends as text"] = static s => s.Trim().Replace("\r\n", "\n").Replace("\n", "<br>"),
        ["line ends escaped"] = static s => s.Replace("\r\n", "\\r\\n").Replace("\n", "\\n"),
        ["JSON"] = static s => JsonSerializer.Serialize(s),
        ["JSON twice"] = static s => JsonSerializer.Serialize(JsonSerializer.Serialize(s)),
        ["JSON in a JSON object"] = static s =>
            JsonSerializer.Serialize(new { b = JsonSerializer.Serialize(new { s }) }),
        ["every character escaped"] = static s =>
            string.Concat(s.Select(static c => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"))),
        ["slashes escaped"] = static s => s.Replace("/", "\\/").Replace("\n", "\\n"),
        ["URL-encoded"] = Uri.EscapeDataString,
        ["URL-encoded, lower case"] = static s =>
            string.Concat(
                Uri.EscapeDataString(s)
                    .Split('%')
                    .Select(static (part, i) => i == 0 ? part : "%" + part[..2].ToLowerInvariant() + part[2..])),
        ["URL-encoded twice"] = static s => Uri.EscapeDataString(Uri.EscapeDataString(s)),
        ["form data"] = static s => WebUtility.UrlEncode(s),
        ["HTML"] = static s => WebUtility.HtmlEncode(s).Replace("+", "&#x2B;").Replace("/", "&#47;"),
        ["HTML twice"] = static s => WebUtility.HtmlEncode(WebUtility.HtmlEncode(s)),
        ["base64"] = static s => Base64(s),
        ["base64 without padding"] = static s => Base64(s).TrimEnd('='),
        ["base64url"] = static s => Base64(s).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        ["base64 of UTF-16"] = static s => Convert.ToBase64String(Encoding.Unicode.GetBytes(s)),
        ["base64 on lines"] = static s =>
            string.Join('\n', Base64(s).Chunk(76).Select(static line => new string(line))),
        ["base64, URL-encoded"] = static s => Uri.EscapeDataString(Base64(s)),
        ["in base64, aligned by 0"] = static s => Base64("id:" + s + ";end"),
        ["in base64, aligned by 1"] = static s => Base64("user:" + s + ";end"),
        ["in base64, aligned by 2"] = static s => Base64("user=" + s + "."),
        ["hexadecimal"] = static s => Convert.ToHexString(Encoding.UTF8.GetBytes(s)),
        ["hexadecimal, lower case"] = static s => Convert.ToHexString(Encoding.UTF8.GetBytes(s)).ToLowerInvariant(),
        ["hexadecimal with separators"] = static s => BitConverter.ToString(Encoding.UTF8.GetBytes(s)),
        ["hexadecimal with prefixes"] = static s =>
            string.Join(
                ", ",
                Encoding.UTF8.GetBytes(s).Select(static b => string.Create(CultureInfo.InvariantCulture, $"0x{b:X2}"))),
        ["first half"] = static s => s[..((s.Length + 1) / 2)],
        ["second half"] = static s => s[(s.Length / 2)..],
        ["middle"] = static s => s[(s.Length / 4)..(s.Length * 3 / 4 + 1)],
        ["cut"] = static s => s[..Math.Max(8, s.Length - 3)] + "...",
    };

    /// <summary>Nothing longer than a few characters of the quoted form is in the text.</summary>
    public static void AssertNotIn(string quoted, string text)
    {
        const int Few = 12;
        (quoted, text) = (QuotesAndLineEnds().Replace(quoted, ""), QuotesAndLineEnds().Replace(text, ""));
        for (int i = 0; i + Few <= quoted.Length; i++)
        {
            string part = quoted.Substring(i, Few);
            if (part.Count(char.IsLetterOrDigit) > Few / 2)
            {
                Assert.DoesNotContain(part, text, StringComparison.OrdinalIgnoreCase);
            }
        }

        if (quoted.Length < Few)
        {
            Assert.DoesNotContain(quoted, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\\+(u0022|u000d|u000a|[rnt])")]
    private static partial Regex QuotesAndLineEnds();
}
