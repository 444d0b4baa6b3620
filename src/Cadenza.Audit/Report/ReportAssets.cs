using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Cadenza.Audit.Report;

/// <summary>
/// The style sheet, the script, and the content security policy that allows them by their hashes and nothing else.
/// </summary>
internal static class ReportAssets
{
    public static string Style { get; } = Load("theme.css", "layout.css", "print.css");

    /// <summary>The script of the table comes last: it marks the page as ready.</summary>
    public static string Script { get; } = Load("copy.js", "table.js");

    public static string Policy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; "
        + "img-src data:; base-uri 'none'; form-action 'none'";

    private static string Load(params string[] names) => "\n" + string.Join("\n", names.Select(Load));

    /// <summary>
    /// Loads a resource with LF line endings, whatever the line endings of the checkout: browsers normalize them before
    /// they compute the hash.
    /// </summary>
    private static string Load(string name)
    {
        using Stream stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string Hash(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
#if NET
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(content));
#else
        using var hash = SHA256.Create();
        return "sha256-" + Convert.ToBase64String(hash.ComputeHash(content));
#endif
    }
}
