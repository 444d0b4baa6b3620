using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CadenzaPS.Tests.Support;

/// <summary>The part of GitHub's workflow syntax that the example uses.</summary>
internal sealed record GitHubWorkflow(
    string Name,
    string RunName,
    GitHubTriggers On,
    GitHubPermissions Permissions,
    GitHubConcurrency Concurrency,
    IReadOnlyDictionary<string, GitHubJob> Jobs)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <summary>The inputs of the actions, as each action.yml defines them.</summary>
    private static readonly Dictionary<string, string[]> ActionInputs = new(StringComparer.Ordinal)
    {
        ["actions/checkout@v6"] = ["repository", "ref", "token", "persist-credentials", "fetch-depth", "path", "clean"],
        ["actions/setup-dotnet@v5"] = ["dotnet-version", "global-json-file", "cache"],
        ["actions/cache/restore@v5"] =
            ["path", "key", "restore-keys", "fail-on-cache-miss", "lookup-only", "enableCrossOsArchive"],
        ["actions/cache/save@v5"] = ["path", "key", "upload-chunk-size", "enableCrossOsArchive"],
        ["actions/upload-artifact@v7"] =
        [
            "name", "path", "if-no-files-found", "retention-days", "compression-level", "overwrite",
            "include-hidden-files",
        ],
    };

    [JsonIgnore]
    public IEnumerable<GitHubStep> Steps => Jobs.Values.SelectMany(static job => job.Steps);

    /// <summary>Reads a workflow. Fields, actions and inputs that are not known are errors.</summary>
    public static GitHubWorkflow Read(string yaml)
    {
        GitHubWorkflow workflow = YamlFile.Read(yaml).Single().Deserialize<GitHubWorkflow>(Strict)!;
        foreach (GitHubStep step in workflow.Steps.Where(static step => step.Uses is not null || step.With is not null))
        {
            string[] known = ActionInputs.GetValueOrDefault(step.Uses ?? "")
                ?? throw new JsonException($"The action '{step.Uses}' is not known.");
            if ((step.With ?? []).FirstOrDefault(input => !known.Contains(input.Key)) is { Key: string name })
            {
                throw new JsonException($"The action '{step.Uses}' has no input '{name}'.");
            }
        }

        return workflow;
    }
}

internal sealed record GitHubTriggers([property: JsonPropertyName("workflow_dispatch")] GitHubDispatch Dispatch);

internal sealed record GitHubDispatch(IReadOnlyDictionary<string, GitHubInput> Inputs);

internal enum GitHubInputType { String, Choice, Boolean, Number, Environment }

internal sealed record GitHubInput(
    string Description, bool Required, GitHubInputType Type, string Default, IReadOnlyList<string> Options);

internal enum GitHubAccess { None, Read, Write }

internal sealed record GitHubPermissions(GitHubAccess Contents);

internal sealed record GitHubConcurrency(string Group, bool CancelInProgress);

internal sealed record GitHubStrategy(bool FailFast, IReadOnlyDictionary<string, string> Matrix);

internal sealed record GitHubJob(
    string RunsOn,
    int TimeoutMinutes,
    IReadOnlyList<GitHubStep> Steps,
    string? Name = null,
    string? Needs = null,
    string? Environment = null,
    IReadOnlyDictionary<string, string>? Outputs = null,
    GitHubStrategy? Strategy = null,
    IReadOnlyDictionary<string, string>? Env = null);

internal enum GitHubShell { Bash, Pwsh }

internal sealed record GitHubStep(
    string? Id = null,
    string? Name = null,
    string? If = null,
    string? Uses = null,
    JsonObject? With = null,
    string? Run = null,
    GitHubShell? Shell = null,
    IReadOnlyDictionary<string, string>? Env = null);
