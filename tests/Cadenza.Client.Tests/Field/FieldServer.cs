namespace Cadenza.Client.Tests.Field;

/// <summary>A sandbox with faults and a client of it, in one virtual time.</summary>
internal sealed class FieldServer : QuietObserver, IDisposable
{
    public FieldServer(SandboxOptions options, params string[] faults)
    {
        options.TimeProvider = Time;
        options.AccessTokenLifetime = TimeSpan.FromDays(30);
        options.Faults = Sandboxes.Faults(faults);
        Sandbox = new SandboxHandler(options);
        Root = Sandboxes.Connect(Sandbox, Sandboxes.ClientOptions(Sandbox, Time));
        Client = Root.ObservedBy(this);
        Target = Sandbox.GetState().Credentials.First(
            static c => c is { Status: "VERIFIED" or "ACTIVE" or "VALIDATED", IsBlocked: false, IsColleagues: false });
    }

    public FieldServer(params string[] faults)
        : this(new SandboxOptions(), faults)
    {
    }

    public SkippingTimeProvider Time { get; } = new();

    public SandboxHandler Sandbox { get; }

    public CadenzaClient Root { get; }

    public CadenzaClient Client { get; }

    public SandboxCredential Target { get; }

    public List<string> Warnings { get; } = [];

    public List<string> Waits { get; } = [];

    /// <summary>Called when a change waits until the server completes it.</summary>
    public Action? OnWait { get; set; }

    public List<string> Notices { get; } = [];

    public SandboxCredential Now => Sandbox.FindCredential(Target.CredentialId)!;

    public int CountOf(string path) =>
        Sandbox.Requests.Count(request => request.Path.EndsWith(path, StringComparison.Ordinal));

    public Task<CadenzaCredential> RevokeAsync() => Client.RevokeCredentialAsync(Target.CredentialId).Bounded();

    public Task<CadenzaCredential> RotateAsync() =>
        Client.RotateCredentialAsync(Target.CredentialId, TestClients.Keys()).Bounded();

    public Task<CadenzaCredential> CreateAsync(string? nickname) =>
        Client.CreateCredentialAsync(Creation(nickname)).Bounded();

    public Task<CadenzaCredential> ChangeAsync(string operation) =>
        operation switch
        {
            "rotate" => RotateAsync(),
            "revoke" => RevokeAsync(),
            _ => CreateAsync("made"),
        };

    public static NewCredential Creation(string? nickname) =>
        new("OKX", TestClients.Keys(passphrase: "new-passphrase")) { Nickname = nickname };

    public override void OnWaiting(object wait, string? text)
    {
        if (text is not null)
        {
            Waits.Add(text);
            OnWait?.Invoke();
        }
    }

    public override void OnNotice(string message) => Notices.Add(message);

    public override void OnWarning(string message) => Warnings.Add(message);

    public void Dispose() => Root.Dispose();
}
