namespace CadenzaPS.Tests.Architecture;

/// <summary>docs/design.md shows the projects, folders and layers that exist, and names only what exists.</summary>
public sealed class DesignPageTests
{
    private const string RootFolder = "(root)";

    // Folders with stand-ins for types of a newer framework, which are in no layer.
    private static readonly string[] NoLayer = ["Polyfills", "bin", "obj"];

    private static readonly string Page = Repository
        .Read("docs/design.md")
        .Replace("\r\n", "\n", StringComparison.Ordinal);

    private static readonly Dictionary<string, List<string>> Picture = ReadPicture();

    private static readonly string[] ProjectNames = FoldersIn("src");

    public static TheoryData<string> Projects => [.. ProjectNames];

    [Fact]
    public void The_picture_shows_every_project() =>
        Assert.Equal(ProjectNames, Picture.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_picture_shows_every_folder_of_a_project(string project) =>
        Assert.Equal(
            FoldersIn(Path.Combine("src", project)).Except(NoLayer, StringComparer.Ordinal),
            Picture[project].Where(static folder => folder != RootFolder).Order(StringComparer.Ordinal));

    [Fact]
    public void The_picture_shows_the_layers_of_the_client_in_the_order_that_is_enforced() =>
        AssertOrder(ArchitectureTests.ClientLayers, "Cadenza.Client");

    [Fact]
    public void The_picture_shows_the_layers_of_the_commands_in_the_order_that_is_enforced() =>
        AssertOrder(ArchitectureTests.CommandLayers, "Cadenza.Commands");

    [Fact]
    public void Every_type_and_member_that_the_page_names_is_in_the_code()
    {
        HashSet<string> identifiers = [.. ReadIdentifiers()];
        string[] names = [.. CodeSpans().Where(static span => Regex.IsMatch(span, @"^[A-Z][a-z]+([A-Z][a-z]*)+$"))];

        Assert.True(names.Length > 20, "The names were not found on the page.");
        Assert.DoesNotContain(names, name => !identifiers.Contains(name));
    }

    [Fact]
    public void Every_path_that_the_page_names_exists()
    {
        string[] paths =
        [
            .. CodeSpans().Where(static span => Regex.IsMatch(span, @"^(src|tests|docs|build)/[\w./-]+$")),
        ];

        Assert.NotEmpty(paths);
        Assert.All(paths, static path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));
    }

    [Theory]
    [InlineData("Cadenza.Client")]
    [InlineData("Cadenza.Commands")]
    public void The_contributing_page_lists_every_folder_of_a_project(string project)
    {
        string page = Repository.Read(".github/CONTRIBUTING.md").Replace("\r\n", "\n", StringComparison.Ordinal);
        Match table = Regex.Match(page, $@"(?m)^\| folder of `src/{project}` \|.*\n\|.*\n(?<rows>(\|.*\n)+)");

        Assert.Equal(
            Picture[project].Where(static folder => folder != RootFolder),
            Regex
                .Matches(table.Groups["rows"].Value, @"(?m)^\| `(?<name>\w+)` \|")
                .Select(static row => row.Groups["name"].Value));
    }

    private static string[] FoldersIn(string path) =>
        [
            .. Directory
                .GetDirectories(Path.Combine(Repository.Root, path))
                .Select(static folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The picture has the top layer first, the tests have the bottom layer first.</summary>
    private static void AssertOrder(IEnumerable<string> bottomUp, string project) =>
        Assert.Equal(
            bottomUp.Reverse().Select(static folder => folder.Length == 0 ? RootFolder : folder),
            Picture[project]);

    private static Dictionary<string, List<string>> ReadPicture()
    {
        string picture = Regex.Match(Page, @"(?s)```text\n(?<picture>┌.*?)```").Groups["picture"].Value;
        var projects = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string> folders = [];
        foreach (Match line in Regex.Matches(picture, @"(?m)^(?<project>[┌├└]─ )?[│ ]*(?<name>\S+)"))
        {
            if (line.Groups["project"].Success)
            {
                projects.Add(line.Groups["name"].Value, folders = []);
            }
            else
            {
                folders.Add(line.Groups["name"].Value);
            }
        }

        return projects;
    }

    private static IEnumerable<string> CodeSpans() =>
        Regex
            .Matches(Regex.Replace(Page, "(?s)```.*?```", ""), "`(?<span>[^`\n]+)`")
            .Select(static span => span.Groups["span"].Value);

    /// <summary>The words of the code without its comments.</summary>
    private static IEnumerable<string> ReadIdentifiers() =>
        Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !Regex.IsMatch(path, @"[\\/](bin|obj)[\\/]"))
            .Append(Path.Combine(Repository.Root, "CadenzaPS.psd1"))
            .Concat(
                Directory.EnumerateFiles(
                    Path.Combine(Repository.Root, "tests", "CadenzaPS.Tests", "Architecture"),
                    "*.cs"))
            .SelectMany(static path =>
                Regex.Matches(Regex.Replace(File.ReadAllText(path), @"(?m)//.*$", ""), @"\b[A-Za-z_]\w*\b"))
            .Select(static word => word.Value);
}
