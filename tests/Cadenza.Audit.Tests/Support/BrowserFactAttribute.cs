namespace Cadenza.Audit.Tests.Support;

/// <summary>A test that requires a browser. It is skipped if none is found.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    private const string SkipReason = "Requires Chromium or Google Chrome. "
        + "Install it (for example: apt-get install chromium), or set CADENZA_CHROMIUM to its path.";

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    public BrowserFactAttribute()
    {
        Timeout = 120_000;
        if (Path is null)
        {
            Skip = SkipReason;
        }
    }

    /// <summary>The path of the browser, or null if none is found.</summary>
    public static string? Path { get; } = Find();

    /// <summary>CADENZA_CHROMIUM overrides the search, also if it is the path of a file that does not exist.</summary>
    private static string? Find()
    {
        string[] candidates = Environment.GetEnvironmentVariable("CADENZA_CHROMIUM") is { Length: > 0 } configured
            ? [configured]
            : [.. FromPath(), .. FromInstallFolders()];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> FromPath()
    {
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names.SelectMany(name => folders.Select(folder => System.IO.Path.Combine(folder, name + extension)));
    }

    private static IEnumerable<string> FromInstallFolders()
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SpecialFolder[] roots =
            [
                Environment.SpecialFolder.ProgramFiles,
                Environment.SpecialFolder.ProgramFilesX86,
                Environment.SpecialFolder.LocalApplicationData,
            ];
            string[] products = ["Google/Chrome", "Chromium"];
            return roots.SelectMany(root => products.Select(product =>
                System.IO.Path.Combine(Environment.GetFolderPath(root), product, "Application", "chrome.exe")));
        }

        if (OperatingSystem.IsMacOS())
        {
            string[] roots = ["/Applications", System.IO.Path.Combine(HomeFolder, "Applications")];
            string[] names = ["Google Chrome", "Chromium"];
            return roots.SelectMany(root => names.Select(name => $"{root}/{name}.app/Contents/MacOS/{name}"));
        }

        return [];
    }

    private static string HomeFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
