using System.Net.Sockets;
using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests.Field;

/// <summary>
/// A server that asks to wait is left alone, and a server or proxy that cannot be reached was sent nothing.
/// </summary>
public sealed class WaitTests
{
    [Theory]
    [InlineData("600", 600.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("+2", 2.0)]
    [InlineData("1, 600", 600.0)]
    [InlineData("600,0", 600.0)]
    [InlineData("0, -5", null)]
    [InlineData("Sun, 01 Mar 2015 00:00:00 GMT, 0", null)]
    [InlineData("99999999999", 86400.0)]
    [InlineData("1e400", null)]
    [InlineData("0", null)]
    [InlineData("0.0", null)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("Sun, 01 Mar 2015 00:00:00 GMT", null)]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT", 30.0)]
    public void Retry_After_is_read_in_every_form(string value, double? seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        response.Headers.TryAddWithoutValidation("Retry-After", value);

        TimeSpan? delay = RetryAfter.Read(response.Headers, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(seconds, delay?.TotalSeconds);
    }

    [Fact]
    public async Task A_revoke_is_done_if_the_server_says_so_after_a_lost_response()
    {
        using var server = new FieldServer("credential/revoke:ResetAfter:times=1");

        CadenzaCredential revoked = await server.RevokeAsync();

        Assert.Equal("REVOKED", revoked.Status);
        Assert.Equal(2, server.CountOf("credential/revoke"));
    }

    [Theory]
    [InlineData("RateLimited:times=1,retryafter=10min")]
    [InlineData("RateLimited:times=1,retryaftertext=99999999999")]
    [InlineData("RateConflict:times=1,retryafter=10min")]
    public async Task A_delay_longer_than_the_timeout_holds_every_request_of_the_connection(string fault)
    {
        using var server = new FieldServer("credential/revoke:" + fault);

        await server.RevokeAsync().FailsAsync(CadenzaErrorKind.RateLimited, RequestOutcome.Rejected);
        await server.RevokeAsync().FailsAsync(CadenzaErrorKind.RateLimited, RequestOutcome.NotSent);
        int requests = server.Sandbox.Requests.Count;
        server.Time.Advance(TimeSpan.FromDays(1));
        await server.RevokeAsync();

        Assert.Equal(1, requests);
    }

    [Theory]
    [InlineData("RateLimited:times=2,retryaftertext=0")]
    [InlineData("RateLimited:times=2,retryaftertext=-5")]
    [InlineData("RateLimited:times=2,retryafterdate=2015-03-01")]
    public async Task A_delay_of_nothing_means_the_own_backoff(string fault)
    {
        using var server = new FieldServer("credential/revoke:" + fault);
        long before = server.Time.GetTimestamp();

        await server.RevokeAsync();

        Assert.Equal(3, server.CountOf("/revoke"));
        Assert.NotEqual(before, server.Time.GetTimestamp());
    }

    [Fact]
    public async Task A_server_that_is_down_is_not_tried_again_for_every_call()
    {
        var time = new SkippingTimeProvider();
        var connects = new RefusingHandler();
        using var client = CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(new Uri("https://api.invalid")) { Handler = connects, TimeProvider = time },
            SecretText.Wrap("token-1"));

        for (int call = 0; call < 10; call++)
        {
            await client.RevokeCredentialAsync("a")
                .FailsAsync(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent);
        }

        // Three calls with all their attempts, then one attempt each.
        Assert.Equal((3 * 7) + 7, connects.Count);
    }

#if !CLIENT_NETSTANDARD
    [Theory]
    [InlineData(TunnelAnswer.AuthenticationRequired, CadenzaErrorKind.ProxyRefused, 1)]
    [InlineData(TunnelAnswer.Forbidden, CadenzaErrorKind.ProxyRefused, 1)]
    [InlineData(TunnelAnswer.Unavailable, CadenzaErrorKind.ConnectionFailed, 3)]
    [InlineData(TunnelAnswer.Close, CadenzaErrorKind.ConnectionFailed, 3)]
    public async Task A_tunnel_that_the_proxy_refuses_was_sent_nothing(
        TunnelAnswer answer,
        CadenzaErrorKind kind,
        int tunnels)
    {
        await using SandboxHost proxy = await SandboxHost.StartAsync(new SandboxOptions(), tunnel: answer);
        var options = new CadenzaClientOptions(new Uri("https://api.invalid"))
        {
            Proxy = new WebProxy(proxy.BaseAddress)
            {
                Credentials = new NetworkCredential("proxy-user", "proxy-password"),
            },
            MaxRetries = 2,
            TimeProvider = new SkippingTimeProvider(),
        };
        using var client = CadenzaClient.FromAccessToken(options, SecretText.Wrap("token-1"));

        ApiException error = await client.RevokeCredentialAsync("a").FailsAsync(kind, RequestOutcome.NotSent);

        Assert.Contains(proxy.BaseAddress.Authority, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy-password", error.ToString(), StringComparison.Ordinal);
        Assert.InRange(proxy.TunnelCount, tunnels, 2 * tunnels);
    }
#endif

    /// <summary>A network on which nothing can be reached.</summary>
    private sealed class RefusingHandler : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken)
        {
            Count++;
            throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused));
        }
    }
}
