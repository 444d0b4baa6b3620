using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A test in a browser; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    public BrowserFactAttribute()
    {
        Timeout = 120_000;
        if (Path is null)
        {
            Skip = "No Chromium: CADENZA_CHROMIUM does not name one, and there is no " + string.Join(", ", Names) + " on the PATH.";
        }
    }

    /// <summary>The browser's path; null where there is none.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CADENZA_CHROMIUM") is { Length: > 0 } told)
        {
            return File.Exists(told) ? told : null;
        }

        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe"] : [""];
        return Names.SelectMany(name => folders.SelectMany(folder => endings.Select(ending => System.IO.Path.Combine(folder, name + ending))))
            .FirstOrDefault(File.Exists);
    }
}
