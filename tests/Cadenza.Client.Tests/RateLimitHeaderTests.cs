namespace Cadenza.Client.Tests;

/// <summary>The RateLimit headers of a response. What is not plausible is ignored.</summary>
public sealed class RateLimitHeaderTests
{
    /// <summary>12:00:00 on 1 March 2026 is the Unix time 1772366400.</summary>
    private static readonly DateTimeOffset ServerTime = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("RateLimit: \"default\";r=50;t=30", "50 30 -")]
    [InlineData("RateLimit: \"default\";r=50;t=30|RateLimit-Policy: \"default\";q=100;w=60", "50 30 100")]
    [InlineData("RateLimit: \"a,b;r=1\";r=50;t=30|RateLimit-Policy: \"a,b;r=1\";q=60", "50 30 60")]
    [InlineData("RateLimit: \"burst\";r=9;t=1, \"daily\";r=5;t=3600", "5 3600 -")]
    [InlineData("RateLimit: \"burst\";r=9;t=1|RateLimit: \"daily\";r=5;t=3600", "5 3600 -")]
    [InlineData("RateLimit: default;t=30;r=0", "0 30 -")]
    [InlineData("RateLimit: limit=100, remaining=50, reset=30", "50 30 100")]
    [InlineData("RateLimit-Limit: 100|RateLimit-Remaining: 50|RateLimit-Reset: 30", "50 30 100")]
    [InlineData("RateLimit-Limit: 100, 100;w=60|RateLimit-Remaining: 50|RateLimit-Reset: 30", "50 30 100")]
    [InlineData("RateLimit-Remaining: 50|RateLimit-Reset: 30", "50 30 -")]
    [InlineData("X-RateLimit-Limit: 100|X-RateLimit-Remaining: 0|X-RateLimit-Reset: 30", "0 30 100")]
    [InlineData("x-ratelimit-remaining: 50|x-ratelimit-reset: 1.5", "50 1.5 -")]
    [InlineData("X-RateLimit-Remaining: 50|X-RateLimit-Reset: 1772366430", "50 30 -")]
    [InlineData("X-RateLimit-Remaining: 50|X-RateLimit-Reset: 1772366430.5", "50 30.5 -")]
    [InlineData("X-RateLimit-Remaining: 50|X-RateLimit-Reset: 1772366430250", "50 30.25 -")]
    [InlineData("RateLimit: x;r=1;t=2|X-RateLimit-Remaining: 50|X-RateLimit-Reset: 30", "1 2 -")]
    [InlineData("RateLimit: ???|X-RateLimit-Remaining: 50|X-RateLimit-Reset: 30", "50 30 -")]
    [InlineData("X-RateLimit-Remaining: 50|X-RateLimit-Remaining: 50|X-RateLimit-Reset: 30", "50 30 -")]
    public void Every_form_is_read(string headers, string expected) =>
        Assert.Equal(expected, Read(headers, ServerTime));

    [Theory]
    [InlineData("Retry-After: 30")]
    [InlineData("RateLimit: \"default\";r=50")]
    [InlineData("RateLimit: \"default\";t=30")]
    [InlineData("RateLimit: \"default\";r=-1;t=30")]
    [InlineData("RateLimit: \"default\";r=5;r=6;t=30")]
    [InlineData("RateLimit: \"default\";r=5;t=0")]
    [InlineData("RateLimit: \"default\";r=5;t=86401")]
    [InlineData("RateLimit: \"default\";r=99999999999999999999;t=30")]
    [InlineData("RateLimit: \"open;r=5;t=30")]
    [InlineData("RateLimit: ")]
    [InlineData("RateLimit-Remaining: -1|RateLimit-Reset: 30")]
    [InlineData("RateLimit-Remaining: 5|RateLimit-Reset: -30")]
    [InlineData("RateLimit-Remaining: 5|RateLimit-Reset: 0")]
    [InlineData("RateLimit-Remaining: 5|RateLimit-Reset: soon")]
    [InlineData("RateLimit-Remaining: 5")]
    [InlineData("RateLimit-Reset: 30")]
    [InlineData("X-RateLimit-Remaining: 5|X-RateLimit-Remaining: 6|X-RateLimit-Reset: 30")]
    [InlineData("X-RateLimit-Remaining: 5, 6|X-RateLimit-Reset: 30")]
    [InlineData("X-RateLimit-Remaining: 5|X-RateLimit-Reset: 30, 31")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 86401")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 999999999")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1772366399")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1772452801")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 99999999999")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 99999999999999999")]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1e3")]
    public void What_is_not_plausible_is_ignored(string headers) => Assert.Null(Read(headers, ServerTime));

    [Theory]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 1772366430", null)]
    [InlineData("X-RateLimit-Remaining: 0|X-RateLimit-Reset: 30", "0 30 -")]
    public void A_Unix_time_is_ignored_if_the_clock_of_the_server_is_not_known(string headers, string? expected) =>
        Assert.Equal(expected, Read(headers, serverTime: null));

    [Fact]
    public void A_limit_below_the_remaining_requests_is_ignored() =>
        Assert.Equal("50 30 -", Read("RateLimit-Limit: 10|RateLimit-Remaining: 50|RateLimit-Reset: 30", ServerTime));

    [Fact]
    public void A_header_that_is_too_long_is_ignored() =>
        Assert.Null(Read("RateLimit: " + new string('x', 1_000) + ";r=5;t=30", ServerTime));

    private static string? Read(string headers, DateTimeOffset? serverTime)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        foreach (string header in headers.Split('|'))
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            response.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return RateLimitHeaders.Read(response.Headers, serverTime) is RateLimitReport report
            ? FormattableString.Invariant(
                $"{report.Remaining} {report.Reset.TotalSeconds} {(object?)report.Limit ?? "-"}")
            : null;
    }
}
