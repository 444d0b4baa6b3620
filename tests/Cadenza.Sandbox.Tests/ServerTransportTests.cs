using System.Net;
using System.Text;
using Cadenza.SandboxServer;

namespace Cadenza.Sandbox.Tests;

/// <summary>What only a real socket can show.</summary>
public sealed class ServerTransportTests
{
    private const long RefusedStream = 7;

    [Fact]
    public async Task A_refused_stream_resets_the_stream_after_its_body_was_read()
    {
        var options = new SandboxOptions { Faults = Rig.Faults("credential/create:RefusedStream") };
        await using SandboxHost host = await SandboxHost.StartAsync(options, usesHttp2: true);
        using HttpClient client = CreateHttp2Client();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.PostAsync(new Uri(host.BaseAddress, "api/v3/credential/create"), body));
        HttpProtocolException protocol = Assert.IsType<HttpProtocolException>(failure.InnerException);
        Assert.Equal(RefusedStream, protocol.ErrorCode);
        // HttpClient itself sends a refused request again: the sandbox counts every time.
        Assert.True(host.Sandbox.RequestCount > 1);
        Assert.All(
            host.Sandbox.Requests,
            static r => Assert.Equal((SandboxFaultKind.RefusedStream, 0), (r.Fault, r.Status)));
    }

    [Fact]
    public async Task In_process_a_refused_stream_is_the_same_exception()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:RefusedStream");
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => rig.RevokeAsync());
        HttpProtocolException protocol = Assert.IsType<HttpProtocolException>(failure.InnerException);
        Assert.Equal(RefusedStream, protocol.ErrorCode);
        Assert.Equal(HttpRequestError.HttpProtocolError, failure.HttpRequestError);
    }

    [Fact]
    public async Task Without_a_fault_the_server_speaks_http_2()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions(), usesHttp2: true);
        using HttpClient client = CreateHttp2Client();
        using HttpResponseMessage response = await client.GetAsync(new Uri(host.BaseAddress, "api/v3/health"));
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
    }

    [Theory]
    [InlineData(TunnelAnswer.AuthenticationRequired, HttpStatusCode.ProxyAuthenticationRequired)]
    [InlineData(TunnelAnswer.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(TunnelAnswer.Unavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(TunnelAnswer.Close, null)]
    public async Task A_tunnel_is_refused(TunnelAnswer answer, HttpStatusCode? status)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions(), tunnel: answer);
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy(host.BaseAddress), UseProxy = true };
        using var client = new HttpClient(handler) { Timeout = Rig.Patience };
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("https://cadenza.invalid/api/v3/health")));
        if (status is not null)
        {
            Assert.Equal(HttpRequestError.ProxyTunnelError, failure.HttpRequestError);

            // .NET 8 has the status in the message only.
            Assert.Contains($"'{(int)status}'", failure.Message, StringComparison.Ordinal);
        }

        Assert.True(host.TunnelCount >= 1);
        Assert.Equal(0, host.Sandbox.RequestCount);
    }

    private static HttpClient CreateHttp2Client() => new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = Rig.Patience,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
