using System.Text.Json;
using System.Text.Json.Serialization;

namespace CadenzaPS.Tests;

/// <summary>The lists of mutants in tests/Mutations fit the sources and the tests.</summary>
public sealed class MutationListTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly Mutant[] _mutants = [.. ReadAll()];

    [Fact]
    public void Each_mutant_has_an_id_of_its_own()
    {
        Assert.NotEmpty(_mutants);
        Assert.All(_mutants, static mutant => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)+$", mutant.Id));
        Assert.Equal(_mutants.Length, _mutants.DistinctBy(static mutant => mutant.Id).Count());
    }

    [Fact]
    public void The_original_text_of_each_mutant_occurs_exactly_once_in_its_file()
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Mutant mutant in _mutants)
        {
            Assert.StartsWith("src/", mutant.File, StringComparison.Ordinal);
            sources.TryAdd(mutant.File, "");
        }

        foreach (string file in sources.Keys)
        {
            sources[file] = Repository.Read(file);
        }

        Assert.Empty(_mutants
            .Where(mutant => sources[mutant.File].Split(mutant.Original).Length != 2)
            .Select(static mutant => mutant.Id));
    }

    [Fact]
    public void Each_mutant_changes_something()
    {
        Assert.All(_mutants, static mutant => Assert.NotEqual(mutant.Original, mutant.Changed));
        Assert.DoesNotContain(_mutants, static mutant => string.IsNullOrWhiteSpace(mutant.Accepted ?? "none"));
    }

    [Fact]
    public void The_tests_of_each_mutant_exist_in_its_project()
    {
        var classes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (Mutant mutant in _mutants)
        {
            if (!classes.TryGetValue(mutant.Project, out HashSet<string>? known))
            {
                IEnumerable<string> files = Repository.FindSources($"tests/{mutant.Project}");
                classes[mutant.Project] = known =
                    [.. files.Select(static file => Path.GetFileNameWithoutExtension(file))];
            }

            Assert.NotEmpty(mutant.Tests);
            missing.AddRange(mutant.Tests
                .Where(test => !known.Contains(test.Split('.')[0]))
                .Select(test => $"{mutant.Id}: {test}"));
        }

        Assert.Empty(missing);
    }

    private static IEnumerable<Mutant> ReadAll() => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "Mutations"), "*.json")
        .SelectMany(static file => JsonSerializer.Deserialize<Mutant[]>(File.ReadAllBytes(file), Options)!);

    /// <summary>Accepted is the reason why no test can notice the mutant; null if one does.</summary>
    private sealed record Mutant(
        string Id,
        string File,
        string Original,
        string Changed,
        string Project,
        string[] Tests,
        string? Accepted = null);
}
