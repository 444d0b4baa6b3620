using System.Globalization;

namespace Cadenza.Sandbox.Tests;

/// <summary>The number of requests is limited, and the answers report the limit.</summary>
public sealed class RequestLimitTests
{
    private readonly FakeTimeProvider _time = new(InlineTimeProvider.Now);

    [Fact]
    public async Task A_request_above_the_limit_is_refused_until_the_period_ends()
    {
        await using Rig rig = Start("*:RequestLimit:size=2,per=10s");

        Assert.Equal(200, await StatusAsync(rig));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(200, await StatusAsync(rig));
        Response refused = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal((429, -18011), (refused.Status, refused.Errno));
        Assert.False(rig.TargetNow.IsRevoked);
        Assert.Equal(SandboxFaultKind.RequestLimit, rig.LastRequest.Fault);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await StatusAsync(rig));
    }

    [Theory]
    [InlineData("RateLimit", "RateLimit=\"default\";r=1;t=10|RateLimit-Policy=\"default\";q=2;w=10")]
    [InlineData("RateLimitFields", "RateLimit-Limit=2|RateLimit-Remaining=1|RateLimit-Reset=10")]
    [InlineData("XSeconds", "X-RateLimit-Limit=2|X-RateLimit-Remaining=1|X-RateLimit-Reset=10")]
    [InlineData("XUnixSeconds", "X-RateLimit-Limit=2|X-RateLimit-Remaining=1|X-RateLimit-Reset={0}")]
    [InlineData("XUnixMilliseconds", "X-RateLimit-Limit=2|X-RateLimit-Remaining=1|X-RateLimit-Reset={0}000")]
    [InlineData("None", "")]
    public async Task The_headers_have_the_chosen_form(string form, string expected)
    {
        await using Rig rig = Start($"*:RequestLimit:size=2,per=10s,headers={form}");

        using HttpResponseMessage response = await rig.ListAsync("");

        long end = InlineTimeProvider.Now.AddSeconds(10).ToUnixTimeSeconds();
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, expected, end),
            string.Join('|', response.Headers
                .Where(static header => header.Key.Contains("RateLimit", StringComparison.Ordinal))
                .Select(static header => header.Key + "=" + header.Value.Single())));
        Assert.Equal(form.StartsWith("XUnix", StringComparison.Ordinal), response.Headers.Date is not null);
    }

    [Fact]
    public async Task The_limit_combines_with_another_fault()
    {
        await using Rig rig = Start("*:RequestLimit:size=1", "credential/revoke:LockConflict");

        Assert.Equal(409, (await Response.ReadAsync(rig.RevokeAsync())).Status);
        Assert.Equal(429, (await Response.ReadAsync(rig.RevokeAsync())).Status);
    }

    private static async Task<int> StatusAsync(Rig rig) => (await Response.ReadAsync(rig.ListAsync(""))).Status;

    private Rig Start(params string[] rules) => Rig.InProcess(_time, rules);
}
