namespace Cadenza.Sandbox.Tests;

public sealed class FaultHeaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    [Theory]
    [InlineData("RateLimited", null)]
    [InlineData("RateLimited:retryafter=2", "2")]
    [InlineData("RateLimited:retryafter=0", "0")]
    [InlineData("RateLimited:retryafter=1500ms", "2")]
    [InlineData("RateLimited:retryafter=1min,retryafterasdate", "Sun, 01 Mar 2026 12:01:01 GMT")]
    [InlineData("LockNotAcquired:retryafter=3", "3")]
    [InlineData("ServiceUnavailableJson:retryafter=4", "4")]
    [InlineData("ServiceUnavailableHtml:retryafter=5", "5")]
    [InlineData("ServerErrorJson:retryafter=6", null)]
    [InlineData("RateLimited:retryafter=600", "600")]
    [InlineData("LockConflict:retryaftertext=soon", "soon")]
    [InlineData("RateLimited:retryaftertext=-5", "-5")]
    [InlineData("RateLimited:retryaftertext=1.5", "1.5")]
    [InlineData("RateLimited:retryaftertext=99999999999", "99999999999")]
    [InlineData("RateLimited:retryafterdate=2015-03-01", "Sun, 01 Mar 2015 00:00:00 GMT")]
    [InlineData("RateConflict:retryafter=1", "1")]
    [InlineData("LockConflict:retryafter=2", "2")]
    [InlineData("LoginRateLimited:retryafter=1", "1")]
    [InlineData("InUseConflict:retryafter=1", null)]
    public async Task Retry_after_goes_with_429_503_and_conflicts_that_are_temporary(string fault, string? expected)
    {
        foreach (Transport transport in Enum.GetValues<Transport>())
        {
            var time = new FakeTimeProvider(Now);
            var options = new SandboxOptions { TimeProvider = time, Faults = Rig.Faults("*:" + fault) };
            await using Rig rig = await Rig.StartAsync(transport, options);
            Assert.Equal(expected, (await Response.ReadAsync(rig.RevokeAsync())).RetryAfter);
        }
    }

    [Theory]
    [InlineData(Transport.InProcess)]
    [InlineData(Transport.Socket)]
    public async Task A_redirect_leads_to_another_host(Transport transport)
    {
        await using Rig rig = await Rig.StartAsync(transport, "*:Redirect");
        using HttpResponseMessage response = await rig.ListAsync();
        Assert.NotNull(response.Headers.Location);
        Assert.NotEqual(rig.Client.BaseAddress!.Host, response.Headers.Location.Host);
    }

    [Theory]
    [InlineData("ServerErrorJson", true)]
    [InlineData("WrongContentType", true)]
    [InlineData("Garbage", true)]
    [InlineData("BadGatewayHtml", false)]
    [InlineData("BadGatewayEmpty", false)]
    [InlineData("Redirect", false)]
    public async Task A_request_id_comes_from_the_api_but_not_from_a_proxy(string kind, bool expected)
    {
        await using Rig rig = await Rig.StartAsync(Transport.Socket, "*:" + kind);
        using HttpResponseMessage response = await rig.ListAsync();
        Assert.Equal(expected ? [rig.LastRequest.RequestId] : [], Values(response, "X-Request-Id"));
    }

    [Fact]
    public async Task A_refusal_as_json_names_the_request_in_its_details()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:RateLimited");
        using HttpResponseMessage response = await rig.ListAsync();
        string text = await response.Content.ReadAsStringAsync();
        Assert.Contains("\"request_id\":\"" + rig.LastRequest.RequestId + "\"", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values : [];
}
