using System.Net.Http.Headers;
using System.Text;
using Cadenza.SandboxServer;

namespace Cadenza.Sandbox.Tests.Support;

/// <summary>A sandbox and a plain HttpClient that is signed in, over one of the transports.</summary>
internal sealed class Rig : IAsyncDisposable
{
    /// <summary>The longest time that a test waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SandboxHost? _host;

    private Rig(SandboxHandler sandbox, SandboxHost? host, HttpClient client)
    {
        Sandbox = sandbox;
        _host = host;
        Client = client;
        Client.Timeout = Patience;
        string token = sandbox.IssueAccessToken();
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Target = sandbox.GetState().FindByNickname("Treasury hedge")!;
    }

    public SandboxHandler Sandbox { get; }

    public HttpClient Client { get; }

    /// <summary>A credential that can be revoked and rotated.</summary>
    public SandboxCredential Target { get; }

    public SandboxCredential TargetNow => Sandbox.FindCredential(Target.CredentialId)!;

    public SandboxRequest LastRequest => Sandbox.Requests[^1];

    public static async Task<Rig> StartAsync(Transport transport, SandboxOptions options)
    {
        if (transport == Transport.InProcess)
        {
            return InProcess(options);
        }

        SandboxHost host = await SandboxHost.StartAsync(options);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        return new Rig(host.Sandbox, host, new HttpClient(handler) { BaseAddress = host.BaseAddress });
    }

    public static Task<Rig> StartAsync(Transport transport, params string[] rules) =>
        StartAsync(transport, new SandboxOptions { Faults = Faults(rules) });

    public static SandboxFaults Faults(params string[] rules) =>
        new() { Rules = [.. rules.Select(SandboxFaultRule.Parse)] };

    /// <summary>The body of a rotate; verify and revoke read only its id.</summary>
    public static object NewKeys(SandboxCredential credential) => new
    {
        credentialId = credential.CredentialId,
        apiKey = "key",
        apiSecret = "secret",
        apiPassphrase = "phrase",
    };

    /// <summary>The body of a create.</summary>
    public static object NewCredential(string nickname) =>
        new { venue = "BINANCE", nickname, apiKey = "key", apiSecret = "secret" };

    public static Rig InProcess(SandboxOptions options)
    {
        var sandbox = new SandboxHandler(options);
        return new Rig(sandbox, host: null, new HttpClient(sandbox) { BaseAddress = sandbox.BaseAddress });
    }

    public static Rig InProcess(TimeProvider timeProvider, params string[] rules) =>
        InProcess(new SandboxOptions { TimeProvider = timeProvider, Faults = Faults(rules) });

    public Task<HttpResponseMessage> RevokeAsync(CancellationToken cancellationToken = default) =>
        PostAsync("credential/revoke", new { credentialId = Target.CredentialId }, cancellationToken);

    public Task<HttpResponseMessage> RotateAsync(string apiKey = "key", string apiSecret = "secret") => PostAsync(
        "credential/rotate", new { credentialId = Target.CredentialId, apiKey, apiSecret, apiPassphrase = "phrase" });

    public Task<HttpResponseMessage> LoginAsync() =>
        PostAsync("auth/login", new { email = "admin@sandbox.example", password = "sandbox-password" });

    public Task<HttpResponseMessage> ListAsync(string query = "") => GetAsync("credential/list" + query);

    public Task<HttpResponseMessage> GetAsync(string page) =>
        Client.GetAsync(new Uri("api/v3/" + page, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);

    public Task<HttpResponseMessage> PostAsync(
        string page, object body, CancellationToken cancellationToken = default) =>
        PostTextAsync(page, JsonSerializer.Serialize(body), cancellationToken);

    public async Task<HttpResponseMessage> PostTextAsync(
        string page, string body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v3/" + page)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
