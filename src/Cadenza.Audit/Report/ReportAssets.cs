using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Cadenza.Audit.Report;

/// <summary>The style sheet and the script, and the hashes by which the page's policy allows them and nothing else.</summary>
internal static class ReportAssets
{
    public static string Style { get; } = Load("report.css");

    public static string Script { get; } = Load("report.js");

    public static string Policy { get; } =
        $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>With the line ends that a browser hashes, however the file was checked out.</summary>
    private static string Load(string name)
    {
        using Stream stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd().Replace("\r\n", "\n");
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
