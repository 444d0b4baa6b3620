namespace CadenzaPS.Tests;

/// <summary>Links between the documents lead somewhere.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_link_to_a_file_of_the_repository_finds_it()
    {
        string[] pages =
        [
            .. Directory.GetFiles(Repository.Root, "*.md"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        ];
        IEnumerable<string> dead =
            from page in pages
            from Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?<to>[^)#:@$\s]+)(#[^)]*)?\)")
            let target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups["to"].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{Path.GetFileName(page)}: {link.Groups["to"].Value}";

        Assert.NotEmpty(pages);
        Assert.Empty(dead);
    }
}
