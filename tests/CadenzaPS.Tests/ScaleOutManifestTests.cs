using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;

namespace CadenzaPS.Tests;

/// <summary>
/// The manifests of docs/examples/scale-out have only fields that the APIs define, with values of the defined types.
/// The Kubernetes types come from the official client, the types of a GitHub workflow from
/// <see cref="GitHubWorkflow"/>.
/// </summary>
public sealed class ScaleOutManifestTests
{
    private const string Folder = "docs/examples/scale-out/";
    private const string AppLabel = "app.kubernetes.io/name";

    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private static readonly string KubernetesText = Repository.Read(Folder + "kubernetes-indexed-job.yaml");
    private static readonly string WorkflowText = Repository.Read(Folder + "github-actions-matrix.yaml");

    private static readonly (V1PersistentVolumeClaim Claim, V1NetworkPolicy Policy, V1Job Job) Manifests =
        ReadKubernetes(KubernetesText);

    private static readonly GitHubWorkflow Workflow = GitHubWorkflow.Read(WorkflowText);

    private static V1JobSpec JobSpec => Manifests.Job.Spec;

    private static V1PodSpec PodSpec => JobSpec.Template.Spec;

    private static V1Container Container => PodSpec.Containers.Single();

    [Fact]
    public void The_kubernetes_manifests_have_the_versions_and_choices_that_the_api_defines()
    {
        Assert.Equal(("v1", "networking.k8s.io/v1", "batch/v1"),
            (Manifests.Claim.ApiVersion, Manifests.Policy.ApiVersion, Manifests.Job.ApiVersion));
        Assert.Equal(["ReadWriteMany"], Manifests.Claim.Spec.AccessModes);
        Assert.Equal(["Ingress", "Egress"], Manifests.Policy.Spec.PolicyTypes);
        Assert.All(
            Manifests.Policy.Spec.Egress.SelectMany(static rule => rule.Ports),
            static port => Assert.Contains(port.Protocol, (string[])["TCP", "UDP"]));
        Assert.Equal("ScheduleAnyway", PodSpec.TopologySpreadConstraints.Single().WhenUnsatisfiable);
        Assert.Equal("IfNotPresent", Container.ImagePullPolicy);
        Assert.Equal(
            ("OnRootMismatch", "RuntimeDefault"),
            (PodSpec.SecurityContext.FsGroupChangePolicy, PodSpec.SecurityContext.SeccompProfile.Type));
        Assert.Equal("Memory", PodSpec.Volumes.Single(static volume => volume.Name == "tmp").EmptyDir.Medium);
    }

    [Theory]
    [InlineData("backoffLimitPerIndex: 3", "backoffLimitsPerIndex: 3")]
    [InlineData("containerName: rotate", "containrName: rotate")]
    [InlineData("runAsUser: 1654", "runAsUser: app")]
    [InlineData("status: \"True\"", "status: True")]
    [InlineData("value: \"4\"", "value: 4")]
    [InlineData("claimName: cadenza-journal", "claim: cadenza-journal")]
    [InlineData("claimName: cadenza-journal", "claimName: yes")]
    [InlineData("kind: Job", "kind: CronJob")]
    public void A_wrong_field_of_a_kubernetes_manifest_is_found(string right, string wrong) =>
        Assert.ThrowsAny<JsonException>(() => ReadKubernetes(Replace(KubernetesText, right, wrong)));

    [Theory]
    [InlineData("persist-credentials: false", "persist-credential: false")]
    [InlineData("uses: actions/cache/save@v5", "uses: actions/cache/save@v6")]
    [InlineData("fail-fast: false", "fail-fast: never")]
    [InlineData("shell: pwsh", "shell: powershell7")]
    [InlineData("runs-on: ubuntu-24.04", "runs_on: ubuntu-24.04")]
    [InlineData("type: choice", "type: choices")]
    [InlineData("contents: read", "content: read")]
    [InlineData("default: \"2\"", "default: 2")]
    [InlineData("needs: plan", "need: plan")]
    public void A_wrong_field_of_the_workflow_is_found(string right, string wrong) =>
        Assert.ThrowsAny<JsonException>(() => GitHubWorkflow.Read(Replace(WorkflowText, right, wrong)));

    [Fact]
    public void The_job_has_as_many_shards_as_it_has_completions_and_none_is_kept_waiting()
    {
        Assert.Equal(JobSpec.Completions, JobSpec.Parallelism);
        Assert.Equal($"{JobSpec.Completions}", Variable("CADENZA_SHARD_COUNT").Value);
        Assert.Equal("Indexed", JobSpec.CompletionMode);
    }

    [Fact]
    public void What_a_policy_for_pod_failures_asks_of_a_job_is_so()
    {
        Assert.Equal("Never", PodSpec.RestartPolicy);
        Assert.Equal("Failed", JobSpec.PodReplacementPolicy);
        Assert.InRange(JobSpec.MaxFailedIndexes!.Value, 1, JobSpec.Completions!.Value);
        IList<V1PodFailurePolicyRule> rules = JobSpec.PodFailurePolicy.Rules;
        Assert.Equal(["Ignore", "FailIndex"], rules.Select(static rule => rule.Action));
        Assert.All(rules, static rule => Assert.True(rule.OnExitCodes is null ^ rule.OnPodConditions is null));
        V1PodFailurePolicyOnExitCodesRequirement exit = rules.Single(static rule => rule.OnExitCodes is not null)
            .OnExitCodes;
        Assert.Equal((Container.Name, "In"), (exit.ContainerName, exit.OperatorProperty));
        Assert.Equal([2, 3], exit.Values);
    }

    [Fact]
    public void The_pod_has_no_rights_that_it_does_not_need()
    {
        Assert.True(Container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(Container.SecurityContext.AllowPrivilegeEscalation);
        Assert.True(PodSpec.SecurityContext.RunAsNonRoot);
        Assert.False(PodSpec.AutomountServiceAccountToken);
        Assert.Contains("USER 1654:1654", Repository.Read(Folder + "Containerfile"), StringComparison.Ordinal);
        Assert.Equal(1654, PodSpec.SecurityContext.RunAsUser);
    }

    [Fact]
    public void Names_lead_to_what_has_them()
    {
        Assert.Equal(
            PodSpec.Volumes.Select(static volume => volume.Name).Order(StringComparer.Ordinal),
            Container.VolumeMounts.Select(static mount => mount.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            PodSpec.Volumes.Single(static volume => volume.PersistentVolumeClaim is not null)
                .PersistentVolumeClaim.ClaimName,
            Manifests.Claim.Metadata.Name);
        Assert.Equal(
            JobSpec.Template.Metadata.Labels[AppLabel],
            Manifests.Policy.Spec.PodSelector.MatchLabels[AppLabel]);
        V1ObjectMeta[] metadata = [Manifests.Claim.Metadata, Manifests.Policy.Metadata, Manifests.Job.Metadata];
        Assert.All(metadata, static item => Assert.Matches("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", item.Name));
        Assert.Single(metadata.Select(static item => item.NamespaceProperty).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void No_manifest_holds_a_secret()
    {
        Assert.NotNull(Variable("CADENZA_ACCESS_TOKEN").ValueFrom.SecretKeyRef);
        Assert.DoesNotContain("eyJ", KubernetesText + WorkflowText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_arguments_of_the_pod_are_parameters_of_the_script()
    {
        string script = Repository.Read(Folder + "rotate-shard.ps1");
        string[] given = [.. Container.Args.Where(static arg => Regex.IsMatch(arg, "^-[A-Z]"))];

        Assert.NotEmpty(given);
        Assert.All(given, name => Assert.Matches($@"(?m)^    (\[[^\n]*\] )+\${name[1..]}\b", script));
    }

    [Fact]
    public void The_workflow_keeps_expressions_out_of_its_scripts()
    {
        Assert.All(
            Workflow.Steps.Where(static step => step.Run is not null),
            static step => Assert.DoesNotContain("${{", step.Run, StringComparison.Ordinal));
        Assert.All(Workflow.Steps, static step => Assert.True(step.Run is null ^ step.Uses is null));
    }

    [Fact]
    public void Each_job_of_the_workflow_tells_its_shard_by_the_documented_variables()
    {
        GitHubJob job = Workflow.Jobs["rotate"];
        Assert.Equal("${{ matrix.index }}", job.Env!["CADENZA_SHARD_INDEX"]);
        Assert.Equal("${{ inputs.shards }}", job.Env!["CADENZA_SHARD_COUNT"]);
        Assert.False(job.Strategy!.FailFast);
        Assert.False(Workflow.Concurrency.CancelInProgress);
    }

    [Fact]
    public void The_image_is_made_from_a_pinned_one_copies_what_there_is_and_runs_as_nobody_in_particular()
    {
        string text = Repository.Read(Folder + "Containerfile");

        Assert.Matches(@"(?m)^FROM mcr\.microsoft\.com/dotnet/sdk:\d+\.\d+-[a-z]+$", text);
        Assert.Matches("(?m)^HEALTHCHECK NONE$", text);
        Assert.DoesNotMatch("(?m)^USER (root|0)", text);
        foreach (Match copied in Regex.Matches(text, @"docs/examples/scale-out/[a-z-]+\.ps1(?= )"))
        {
            Assert.NotEmpty(Repository.Read(copied.Value));
        }
    }

    private static V1EnvVar Variable(string name) => Container.Env.Single(variable => variable.Name == name);

    private static string Replace(string text, string right, string wrong)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static (V1PersistentVolumeClaim Claim, V1NetworkPolicy Policy, V1Job Job) ReadKubernetes(string text)
    {
        IReadOnlyList<JsonObject> documents = YamlFile.Read(text);
        return (Read<V1PersistentVolumeClaim>(), Read<V1NetworkPolicy>(), Read<V1Job>());

        T Read<T>()
        {
            string kind = typeof(T).Name[2..];
            JsonObject[] matches = [.. documents.Where(document => (string?)document["kind"] == kind)];
            return matches is [JsonObject match]
                ? match.Deserialize<T>(Strict)!
                : throw new JsonException($"There are {matches.Length} documents of the kind {kind}.");
        }
    }
}
