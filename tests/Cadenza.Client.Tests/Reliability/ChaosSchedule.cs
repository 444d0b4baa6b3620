namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// One random schedule: a server with faults, a client with limits, and what is asked of it. A pure function of its
/// seed.
/// </summary>
internal sealed class ChaosSchedule
{
    private static readonly string[] Endpoints =
    [
        "*", "credential/*", "credential/list", "credential/rotate", "credential/revoke", "credential/create",
        "credential/verify", "auth/token/refresh",
    ];

    private static readonly SandboxFaultKind[] Kinds = [.. SandboxFaults.TransportKinds];

    private readonly TimeProvider _timeProvider;

    /// <summary>Makes the schedule of a seed.</summary>
    /// <param name="seed">All that is random about it.</param>
    /// <param name="timeProvider">The time to run by; null for a virtual one.</param>
    public ChaosSchedule(ulong seed, TimeProvider? timeProvider = null)
    {
        var random = new Prng(seed);
        SandboxDialect dialect = random.Pick(Enum.GetValues<SandboxDialect>());
        CredentialType = dialect == SandboxDialect.OpenApi ? "API_KEY" : "EXCHANGE";
        UsesLogin = random.Next(2) == 0;
        var jitter = new Prng(random.Next());
        _timeProvider = timeProvider ?? new VirtualTimeProvider();
        Sandbox = new SandboxHandler(
            new SandboxOptions
            {
                Seed = random.Next(1000),
                CredentialCount = 8 + random.Next(24),
                Dialect = dialect,
                PageSize = random.Next(3) == 0 ? 3 + random.Next(10) : null,
                IgnoreFilters = random.Next(4) == 0,
                TimeProvider = _timeProvider,
                AccessTokenLifetime = UsesLogin ? TimeSpan.FromSeconds(10 + random.Next(300)) : TimeSpan.FromDays(30),
                Faults = new SandboxFaults { Seed = random.Next(1_000_000), Rules = MakeRules(random) },
            });
        Before = Sandbox.GetState();
        Options = new CadenzaClientOptions(new Uri("https://sandbox.invalid/"))
        {
            Handler = Sandbox,
            TimeProvider = _timeProvider,
            NextJitter = timeProvider is null ? jitter.NextDouble : Random.Shared.NextDouble,
            AttemptTimeout = TimeSpan.FromSeconds(1 + random.Next(30)),
            RetryTimeout = TimeSpan.FromSeconds(2 + random.Next(120)),
            MaxRetries = random.Next(8),
        };
        Concurrency = 1 + random.Next(16);
        Operations = MakeOperations(random);
    }

    public VirtualTimeProvider Time => (VirtualTimeProvider)_timeProvider;

    public SandboxHandler Sandbox { get; }

    public SandboxState Before { get; }

    public CadenzaClientOptions Options { get; }

    public int Concurrency { get; }

    /// <summary>Whether the client signs in and has to renew its session while it works.</summary>
    public bool UsesLogin { get; }

    /// <summary>A type that the server's dialect knows.</summary>
    public string CredentialType { get; }

    public IReadOnlyList<ChaosOperation> Operations { get; }

    private static List<SandboxFaultRule> MakeRules(Prng random)
    {
        int count = 1 + random.Next(4);
        return Enumerable
            .Range(0, count)
            .Select(_ => new SandboxFaultRule
            {
                Endpoint = random.Pick(Endpoints),
                Kind = random.Pick(Kinds),
                Probability = 0.1 + (random.NextDouble() * 0.9),
                Times = random.Next(3) == 0 ? null : 1 + random.Next(6),
                Skip = random.Next(4),
                AfterChange = random.Next(2) == 0,
                Delay = TimeSpan.FromMilliseconds(1 + random.Next(5000)),
                RetryAfter = random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(20)) : null,
                RetryAfterAsDate = random.Next(2) == 0,
            })
            .ToList();
    }

    /// <summary>No two changes have the same target, so that each change can be told whose it was.</summary>
    private List<ChaosOperation> MakeOperations(Prng random)
    {
        List<SandboxCredential> credentials = [.. Before.Credentials];
        random.Shuffle(credentials);
        var targets = new Queue<SandboxCredential>(credentials);
        int count = 1 + random.Next(16);
        var operations = new List<ChaosOperation>();
        for (int i = 0; i < count && targets.Count > 0; i++)
        {
            ChaosKind kind = random.Pick(Enum.GetValues<ChaosKind>());
            string tag = i.ToString(CultureInfo.InvariantCulture);
            operations.Add(
                new ChaosOperation(kind, kind is ChaosKind.List or ChaosKind.Create ? null : targets.Dequeue(), tag));
        }

        return operations;
    }
}

internal enum ChaosKind
{
    List,
    Rotate,
    Revoke,
    Create,
    Verify,
}

/// <summary>One thing that is asked of the client, and what came of it.</summary>
internal sealed class ChaosOperation(ChaosKind kind, SandboxCredential? target, string tag)
{
    public ChaosKind Kind { get; } = kind;

    public SandboxCredential? Target { get; } = target;

    public string Key => "key-" + tag;

    public string Secret => "secret-" + tag;

    public string Passphrase => "passphrase-" + tag;

    /// <summary>A server takes any number of credentials without a name, so that a second one would show.</summary>
    public string? Nickname { get; } =
        kind == ChaosKind.Create && (tag.Length + tag[0]) % 3 == 0 ? null : "made by " + tag;

    public string Fingerprint => KeyFingerprint.Compute(Key, Secret, Passphrase);

    public int Reports { get; set; }

    public CadenzaCredential? Changed { get; set; }

    public ApiException? Error { get; set; }

    public List<CredentialRow> Rows { get; } = [];

    public override string ToString() =>
        $"{Kind} {Target?.CredentialId ?? Nickname ?? "without a name"}: "
        + (Error is null ? "done" : $"{Error.Outcome} {Error.Kind}: {Error.Message}");
}
