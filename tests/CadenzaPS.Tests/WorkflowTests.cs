namespace CadenzaPS.Tests;

/// <summary>The conventions that every hosted workflow follows. Their syntax is not checked here.</summary>
public sealed class WorkflowTests
{
    private static readonly string[] Names =
    [
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml")
            .Select(static path => Path.GetFileName(path)),
    ];

    public static TheoryData<string> Workflows => [.. Names];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_commit_and_names_its_version(string name)
    {
        string[] uses = Lines(name, @"^\s*(- )?uses:");

        Assert.NotEmpty(uses);
        Assert.All(uses, static line => Assert.Matches(@"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void One_action_has_one_commit_in_all_workflows(string name)
    {
        string[] everywhere = [.. Names.SelectMany(static other => Lines(other, @"uses:"))];

        foreach (string line in Lines(name, @"uses:"))
        {
            string action = Regex.Match(line, @"uses: [\w./-]+@").Value;
            string[] commits =
            [
                .. everywhere.Where(other => other.Contains(action, StringComparison.Ordinal)).Select(Pin).Distinct(),
            ];
            Assert.Single(commits);
        }
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_only_read_unless_a_job_asks_for_more(string name) =>
        Assert.Matches(@"(?m)^permissions:\n  contents: read\n\n", Read(name));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_job_has_a_time_limit(string name) =>
        Assert.Equal(Lines(name, "^    runs-on:").Length, Lines(name, @"^    timeout-minutes: \d+$").Length);

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Expressions_reach_a_script_through_the_environment_only(string name) =>
        Assert.DoesNotMatch(@"(?m)^( *)(- )?run: ([^|\n].*\$\{\{|\|\n(\1 +.*\n|\n)*?\1 +.*\$\{\{)", Read(name));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_script_that_is_run_is_in_the_repository(string name)
    {
        foreach (Match script in Regex.Matches(Read(name), @"(?<=[ ])\./[\w./-]+\.(ps1|sh)\b"))
        {
            Assert.True(File.Exists(Path.Combine(Repository.Root, script.Value)), script.Value);
        }
    }

    private static string Read(string name) => Repository.Read(".github/workflows/" + name).ReplaceLineEndings("\n");

    private static string[] Lines(string name, string pattern) =>
        [.. Read(name).Split('\n').Where(line => Regex.IsMatch(line, pattern))];

    private static string Pin(string line) => line[line.IndexOf('@', StringComparison.Ordinal)..];
}
