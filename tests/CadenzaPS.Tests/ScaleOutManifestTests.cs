namespace CadenzaPS.Tests;

/// <summary>
/// The manifests of docs/examples/scale-out: only fields that the APIs have, each of its type, and what the APIs ask of
/// them together. The fields are written down from the references of Kubernetes (v1.33) and of GitHub's workflow
/// syntax; no tool and no network is needed.
/// </summary>
public sealed class ScaleOutManifestTests
{
    private const string Folder = "docs/examples/scale-out/";

    /// <summary>
    /// Type by type: field:type, a ! where it is required; [] for lists, {} for free text by name, a|b for a choice.
    /// </summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Types = Parse(
        """
        PersistentVolumeClaim = apiVersion:v1! kind:(PersistentVolumeClaim)! metadata:Meta! spec:ClaimSpec!
        NetworkPolicy = apiVersion:networking.k8s.io/v1! kind:(NetworkPolicy)! metadata:Meta! spec:PolicySpec!
        Job = apiVersion:batch/v1! kind:(Job)! metadata:Meta! spec:JobSpec!
        Meta = name:name! namespace:name! labels:{} annotations:{}
        TemplateMeta = labels:{}! annotations:{}
        ClaimSpec = accessModes:(ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod)[]! resources:ClaimResources! storageClassName:name volumeMode:(Filesystem|Block)
        ClaimResources = requests:{}! limits:{}
        PolicySpec = podSelector:Selector! policyTypes:(Ingress|Egress)[] ingress:Rule[] egress:Rule[]
        Rule = to:Peer[] from:Peer[] ports:PolicyPort[]
        Peer = podSelector:Selector namespaceSelector:Selector ipBlock:IpBlock
        IpBlock = cidr:cidr! except:cidr[]
        PolicyPort = protocol:(TCP|UDP|SCTP) port:int endPort:int
        Selector = matchLabels:{}
        JobSpec = completionMode:(NonIndexed|Indexed) completions:int parallelism:int backoffLimit:int backoffLimitPerIndex:int maxFailedIndexes:int podReplacementPolicy:(TerminatingOrFailed|Failed) podFailurePolicy:FailurePolicy activeDeadlineSeconds:int ttlSecondsAfterFinished:int suspend:bool template:Template!
        FailurePolicy = rules:FailureRule[]!
        FailureRule = action:(FailJob|FailIndex|Ignore|Count)! onExitCodes:ExitCodes onPodConditions:PodCondition[]
        ExitCodes = containerName:name operator:(In|NotIn)! values:int[]!
        PodCondition = type:text! status:quoted!
        Template = metadata:TemplateMeta! spec:PodSpec!
        PodSpec = restartPolicy:(Never|OnFailure)! automountServiceAccountToken:bool enableServiceLinks:bool serviceAccountName:name terminationGracePeriodSeconds:int securityContext:PodSecurity topologySpreadConstraints:Spread[] nodeSelector:{} imagePullSecrets:Named[] containers:Container[]! volumes:Volume[]
        Named = name:name!
        PodSecurity = runAsNonRoot:bool runAsUser:int runAsGroup:int fsGroup:int fsGroupChangePolicy:(OnRootMismatch|Always) seccompProfile:Seccomp
        Seccomp = type:(RuntimeDefault|Unconfined|Localhost)! localhostProfile:text
        Spread = maxSkew:int! topologyKey:text! whenUnsatisfiable:(DoNotSchedule|ScheduleAnyway)! labelSelector:Selector
        Container = name:name! image:text! imagePullPolicy:(Always|IfNotPresent|Never) command:text[] args:text[] env:Variable[] resources:Resources securityContext:Security volumeMounts:Mount[] workingDir:text
        Variable = name:text! value:text valueFrom:Source
        Source = secretKeyRef:Key configMapKeyRef:Key fieldRef:FieldRef
        Key = name:name! key:text! optional:bool
        FieldRef = fieldPath:text! apiVersion:text
        Resources = requests:{} limits:{}
        Security = allowPrivilegeEscalation:bool readOnlyRootFilesystem:bool privileged:bool runAsNonRoot:bool runAsUser:int capabilities:Capabilities
        Capabilities = drop:text[] add:text[]
        Mount = name:name! mountPath:text! readOnly:bool subPath:text
        Volume = name:name! secret:SecretVolume persistentVolumeClaim:ClaimVolume emptyDir:EmptyDir configMap:Named
        SecretVolume = secretName:name! defaultMode:int items:Item[] optional:bool
        Item = key:text! path:text! mode:int
        ClaimVolume = claimName:name! readOnly:bool
        EmptyDir = medium:(Memory) sizeLimit:text
        Workflow = name:text run-name:text on:Triggers! permissions:Permissions! concurrency:Concurrency jobs:Jobs! env:{}
        Triggers = workflow_dispatch:Dispatch!
        Dispatch = inputs:Inputs
        Inputs = *:Input
        Input = description:text required:bool type:(string|choice|boolean|number|environment) default:text options:text[]
        Permissions = contents:(read|write|none) actions:(read|write|none) id-token:(write|none)
        Concurrency = group:text! cancel-in-progress:bool
        Jobs = *:WorkflowJob
        WorkflowJob = name:text needs:text runs-on:text! timeout-minutes:int environment:text outputs:{} strategy:Strategy env:{} steps:Step[]! if:text permissions:Permissions
        Strategy = fail-fast:bool max-parallel:int matrix:{}
        Step = id:name name:text uses:action if:text env:{} with:{} run:text shell:(pwsh|bash) working-directory:text continue-on-error:bool timeout-minutes:int
        """);

    /// <summary>The inputs of the actions that the workflow uses, by each one's action.yml.</summary>
    private static readonly Dictionary<string, string[]> ActionInputs = new(StringComparer.Ordinal)
    {
        ["actions/checkout@v6"] = ["repository", "ref", "token", "persist-credentials", "fetch-depth", "path", "clean"],
        ["actions/setup-dotnet@v5"] = ["dotnet-version", "global-json-file", "cache"],
        ["actions/cache/restore@v5"] =
        [
            "path",
            "key",
            "restore-keys",
            "fail-on-cache-miss",
            "lookup-only",
            "enableCrossOsArchive",
        ],
        ["actions/cache/save@v5"] = ["path", "key", "upload-chunk-size", "enableCrossOsArchive"],
        ["actions/upload-artifact@v7"] =
        [
            "name",
            "path",
            "if-no-files-found",
            "retention-days",
            "compression-level",
            "overwrite",
            "include-hidden-files",
        ],
    };

    private static readonly Dictionary<string, object>[] Manifests =
    [
        .. YamlFile.Read(Repository.Read(Folder + "kubernetes-indexed-job.yaml")),
    ];

    private static readonly Dictionary<string, object> Workflow =
        YamlFile.Read(Repository.Read(Folder + "github-actions-matrix.yaml")).Single();

    private static Dictionary<string, object> Job => Manifests.Single(static m => (string)m["kind"] == "Job");

    [Fact]
    public void The_kubernetes_manifests_have_only_fields_that_there_are_each_of_its_type()
    {
        Assert.Equal(
            ["PersistentVolumeClaim", "NetworkPolicy", "Job"],
            Manifests.Select(static m => (string)m["kind"]));
        Assert.Empty(Manifests.SelectMany(static m => Check(m, (string)m["kind"], (string)m["kind"])));
    }

    [Fact]
    public void The_workflow_has_only_fields_that_there_are_each_of_its_type() =>
        Assert.Empty(Check(Workflow, "Workflow", "workflow"));

    [Theory]
    [InlineData("backoffLimitPerIndex: 3", "backoffLimitsPerIndex: 3")]
    [InlineData("containerName: rotate", "containrName: rotate")]
    [InlineData("completionMode: Indexed", "completionMode: Index")]
    [InlineData("runAsUser: 1654", "runAsUser: app")]
    [InlineData("status: \"True\"", "status: True")]
    [InlineData("restartPolicy: Never", "restartPolicy: Always")]
    [InlineData("claimName: cadenza-journal", "claim: cadenza-journal")]
    [InlineData("claimName: cadenza-journal", "claimName: yes")]
    [InlineData("claimName: cadenza-journal", "claimName: \"cadenza-journal\"")]
    [InlineData("claimName: cadenza-journal", "readOnly: false")]
    public void A_wrong_field_would_be_found(string right, string wrong)
    {
        string text = Repository.Read(Folder + "kubernetes-indexed-job.yaml");
        Assert.Contains(right, text, StringComparison.Ordinal);

        IEnumerable<Dictionary<string, object>> broken =
            YamlFile.Read(text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.NotEmpty(broken.SelectMany(static m => Check(m, (string)m["kind"], (string)m["kind"])));
    }

    [Fact]
    public void The_job_has_as_many_shards_as_it_has_completions_and_none_is_kept_waiting()
    {
        string count = Text(Job, "spec/completions");

        Assert.Equal(count, Text(Job, "spec/parallelism"));
        Assert.Equal("\"" + count, Text(Variable("CADENZA_SHARD_COUNT"), "value"));
        Assert.Equal("Indexed", Text(Job, "spec/completionMode"));
    }

    [Fact]
    public void What_a_policy_for_pod_failures_asks_of_a_job_is_so()
    {
        Assert.Equal("Never", Text(Job, "spec/template/spec/restartPolicy"));
        Assert.Equal("Failed", Text(Job, "spec/podReplacementPolicy"));
        Assert.InRange(
            int.Parse(Text(Job, "spec/maxFailedIndexes"), CultureInfo.InvariantCulture),
            1,
            int.Parse(Text(Job, "spec/completions"), CultureInfo.InvariantCulture));
        List<Dictionary<string, object>> rules = List(Job, "spec/podFailurePolicy/rules");
        Assert.All(
            rules,
            static rule => Assert.True(rule.ContainsKey("onExitCodes") ^ rule.ContainsKey("onPodConditions")));
        Dictionary<string, object> exit = rules.Single(static rule => rule.ContainsKey("onExitCodes"));
        Assert.Equal((string)Container["name"], Text(exit, "onExitCodes/containerName"));
        Assert.Equal(
            ["2", "3"],
            ((List<object>)((Dictionary<string, object>)exit["onExitCodes"])["values"]).Cast<string>());
    }

    [Fact]
    public void The_pod_has_no_rights_that_it_does_not_need()
    {
        Assert.Equal("true", Text(Container, "securityContext/readOnlyRootFilesystem"));
        Assert.Equal("false", Text(Container, "securityContext/allowPrivilegeEscalation"));
        Assert.Equal("true", Text(Job, "spec/template/spec/securityContext/runAsNonRoot"));
        Assert.Equal("false", Text(Job, "spec/template/spec/automountServiceAccountToken"));
        Assert.Contains("USER 1654:1654", Repository.Read(Folder + "Containerfile"), StringComparison.Ordinal);
        Assert.Equal("1654", Text(Job, "spec/template/spec/securityContext/runAsUser"));
    }

    [Fact]
    public void Names_lead_to_what_has_them()
    {
        string[] volumes = [.. List(Job, "spec/template/spec/volumes").Select(static volume => (string)volume["name"])];
        Assert.Equal(
            volumes.Order(StringComparer.Ordinal),
            List(Container, "volumeMounts").Select(static mount => (string)mount["name"]).Order(StringComparer.Ordinal)
        );
        string claim = List(Job, "spec/template/spec/volumes")
            .Where(static v => v.ContainsKey("persistentVolumeClaim"))
            .Select(static v => Text(v, "persistentVolumeClaim/claimName"))
            .Single();
        Assert.Equal(
            claim,
            Text(Manifests.Single(static m => (string)m["kind"] == "PersistentVolumeClaim"), "metadata/name"));
        string label = Text(
            Job,
            "spec/template/metadata/labels/app.kubernetes.io/name",
            last: "app.kubernetes.io/name");
        Assert.Equal(
            label,
            Text(
                Manifests.Single(static m => (string)m["kind"] == "NetworkPolicy"),
                "spec/podSelector/matchLabels",
                last: "app.kubernetes.io/name"));
        Assert.Single(Manifests.Select(static m => Text(m, "metadata/namespace")).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void No_manifest_holds_a_secret()
    {
        Assert.DoesNotContain(Manifests, static m => (string)m["kind"] == "Secret");
        Assert.True(Variable("CADENZA_ACCESS_TOKEN").ContainsKey("valueFrom"));
        Assert.DoesNotContain(
            "eyJ",
            Repository.Read(Folder + "kubernetes-indexed-job.yaml")
                + Repository.Read(Folder + "github-actions-matrix.yaml"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_arguments_of_the_pod_are_parameters_of_the_script()
    {
        string script = Repository.Read(Folder + "rotate-shard.ps1");
        string[] given =
        [
            .. ((List<object>)Container["args"]).Cast<string>().Where(static arg => Regex.IsMatch(arg, "^-[A-Z]")),
        ];

        Assert.NotEmpty(given);
        Assert.All(given, name => Assert.Matches($@"(?m)^    (\[[^\n]*\] )+\${name[1..]}\b", script));
    }

    [Fact]
    public void The_workflow_uses_actions_with_inputs_that_they_have()
    {
        foreach (Dictionary<string, object> step in Steps().Where(static step => step.ContainsKey("uses")))
        {
            string[] inputs = ActionInputs[(string)step["uses"]];
            Assert.All(
                step.TryGetValue("with", out object? with)
                    ? ((Dictionary<string, object>)with).Keys
                    : Enumerable.Empty<string>(),
                name => Assert.Contains(name, inputs));
        }
    }

    [Fact]
    public void The_workflow_keeps_expressions_out_of_its_scripts()
    {
        Assert.All(
            Steps().Where(static step => step.ContainsKey("run")),
            static step => Assert.DoesNotContain("${{", (string)step["run"], StringComparison.Ordinal));
        Assert.All(Steps(), static step => Assert.True(step.ContainsKey("run") ^ step.ContainsKey("uses")));
    }

    [Fact]
    public void Each_job_of_the_workflow_tells_its_shard_by_the_documented_variables()
    {
        Assert.Equal("${{ matrix.index }}", Text(Workflow, "jobs/rotate/env/CADENZA_SHARD_INDEX"));
        Assert.Equal("${{ inputs.shards }}", Text(Workflow, "jobs/rotate/env/CADENZA_SHARD_COUNT"));
        Assert.Equal("false", Text(Workflow, "jobs/rotate/strategy/fail-fast"));
        Assert.Equal("false", Text(Workflow, "concurrency/cancel-in-progress"));
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

    private static Dictionary<string, object> Container => List(Job, "spec/template/spec/containers").Single();

    private static Dictionary<string, object> Variable(string name) =>
        List(Container, "env").Single(variable => (string)variable["name"] == name);

    private static IEnumerable<Dictionary<string, object>> Steps() =>
        ((Dictionary<string, object>)Workflow["jobs"])
            .Values.Cast<Dictionary<string, object>>()
            .SelectMany(static job => List(job, "steps"));

    private static object Find(object from, string path, string? last = null)
    {
        string[] names = path.Split('/');
        if (last is not null)
        {
            names = [.. path.Replace("/" + last, "", StringComparison.Ordinal).Split('/'), last];
        }

        return names.Aggregate(from, static (at, name) => ((Dictionary<string, object>)at)[name]);
    }

    private static string Text(object from, string path, string? last = null) => (string)Find(from, path, last);

    private static List<Dictionary<string, object>> List(object from, string path) =>
        [.. ((List<object>)Find(from, path)).Cast<Dictionary<string, object>>()];

    private static Dictionary<string, Dictionary<string, string>> Parse(string text) =>
        text.Split('\n')
            .ToDictionary(
                static line => line.Split(" = ")[0],
                static line =>
                    line.TrimEnd('\r')
                        .Split(" = ")[1]
                        .Split(' ')
                        .ToDictionary(
                            static field => field[..field.IndexOf(':', StringComparison.Ordinal)],
                            static field => field[(field.IndexOf(':', StringComparison.Ordinal) + 1)..],
                            StringComparer.Ordinal),
                StringComparer.Ordinal);

    private static IEnumerable<string> Check(object value, string type, string path)
    {
        if (type.EndsWith("[]", StringComparison.Ordinal))
        {
            return value is List<object> items
                ? items.SelectMany(
                    (item, index) => Check(item, type[..^2], FormattableString.Invariant($"{path}[{index}]")))
                : [$"{path} is not a list"];
        }

        if (type == "{}")
        {
            return value is Dictionary<string, object> free && free.Values.All(static member => member is string)
                ? []
                : [$"{path} is no mapping of names to text"];
        }

        if (!Types.TryGetValue(type, out Dictionary<string, string>? fields))
        {
            return value is string text && IsOf(text, type) ? [] : [$"{path} is no {type}"];
        }

        return value is Dictionary<string, object> members
            ? CheckMembers(members, fields, path)
            : [$"{path} is no mapping"];
    }

    private static IEnumerable<string> CheckMembers(
        Dictionary<string, object> members,
        Dictionary<string, string> fields,
        string path)
    {
        foreach ((string name, object member) in members)
        {
            string? type = fields.GetValueOrDefault(name) ?? fields.GetValueOrDefault("*");
            foreach (
                string fault in type is null
                    ? [$"{path} has no field {name}"]
                    : Check(member, type.TrimEnd('!'), $"{path}.{name}"))
            {
                yield return fault;
            }
        }

        foreach ((string name, string type) in fields)
        {
            if (type.EndsWith('!') && !members.ContainsKey(name))
            {
                yield return $"{path} lacks {name}";
            }
        }
    }

    /// <summary>
    /// A quoted scalar begins with a ": for what is text in the API, it has to be quoted where it would be something
    /// else.
    /// </summary>
    private static bool IsOf(string text, string type) =>
        type switch
        {
            "int" => Regex.IsMatch(text, "^[0-9]+$"),
            "bool" => text is "true" or "false",
            "quoted" => text.StartsWith('"'),
            "name" => Regex.IsMatch(text, "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"),
            "cidr" => Regex.IsMatch(text, @"^\d+\.\d+\.\d+\.\d+/\d+$"),
            "action" => ActionInputs.ContainsKey(text),
            "text" => !Regex.IsMatch(text, "^([0-9.]+|true|false)$"),
            _ when type.StartsWith('(') => type[1..^1].Split('|').Contains(text, StringComparer.Ordinal),
            _ => text == type,
        };
}
