namespace CadenzaPS.Tests.Support;

/// <summary>The files of this repository, found from where the tests run.</summary>
internal static class Repository
{
    public static readonly string Root = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The strings of a list in the manifest.</summary>
    public static string[] ManifestList(string name)
    {
        Match list = Regex.Match(
            Read("CadenzaPS.psd1"),
            $@"^\s*{name}\s*=\s*@\((?<items>[^)]*)\)",
            RegexOptions.Multiline);
        return
        [
            .. Regex
                .Matches(list.Groups["items"].Value, "'(?<item>[^']*)'")
                .Select(static item => item.Groups["item"].Value),
        ];
    }

    /// <summary>A single string of the manifest.</summary>
    public static string ManifestText(string name) =>
        Regex
            .Match(Read("CadenzaPS.psd1"), $@"^\s*{name}\s*=\s*'(?<text>[^']*)'\s*$", RegexOptions.Multiline)
            .Groups["text"]
            .Value;

    /// <summary>The C# files of a folder, without what a build writes.</summary>
    public static IEnumerable<string> FindSources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(static file =>
                !Path.GetRelativePath(Root, file)
                    .Split(Path.DirectorySeparatorChar)
                    .Any(static part => part is "bin" or "obj" or "out"));

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (
                File.Exists(Path.Combine(folder, "CadenzaPS.psd1"))
                && Directory.Exists(Path.Combine(folder, "src", "CadenzaPS")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
