namespace Cadenza.Client.Tests.Reliability;

public sealed class RetryPolicyTests
{
    private static readonly RetryLimits Limits = new(MaxRetries: 3, Budget: TimeSpan.FromSeconds(100));

    [Theory]
    // The design's table, row by row: what was provably not carried out may be sent again, whatever it was.
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, true)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, true)]
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.RateLimited, RequestOutcome.Rejected, true)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.RateLimited, RequestOutcome.Rejected, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.RateLimited, RequestOutcome.Rejected, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Rejected, true)]
    // What may have been carried out is sent again only where twice does no harm.
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown, true)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.ConnectionFailed, RequestOutcome.Unknown, false)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.Timeout, RequestOutcome.Unknown, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.Timeout, RequestOutcome.Unknown, false)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, false)]
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.ServerError, RequestOutcome.Unknown, true)]
    [InlineData(nameof(RetryClass.Once), CadenzaErrorKind.ServerError, RequestOutcome.Unknown, false)]
    // What was refused, or done, is not asked again.
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected, false)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.AlreadyRevoked, RequestOutcome.Rejected, false)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected, false)]
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.CertificateRejected, RequestOutcome.NotSent, false)]
    [InlineData(nameof(RetryClass.Safe), CadenzaErrorKind.SessionExpired, RequestOutcome.NotSent, false)]
    [InlineData(nameof(RetryClass.Idempotent), CadenzaErrorKind.BadResponse, RequestOutcome.Applied, false)]
    public void Sends_again_by_the_table(
        string retryClass,
        CadenzaErrorKind kind,
        RequestOutcome outcome,
        bool expected)
    {
        var failure = new ApiException(kind, outcome, "failed");
        var parsed = Enum.Parse<RetryClass>(retryClass);
        Assert.Equal(expected, RetryPolicy.Decide(failure, parsed, 1, TimeSpan.Zero, Limits, 0.5).IsRetry);
    }

    [Fact]
    public void A_success_that_cannot_be_read_is_not_requested_again()
    {
        var failure = new ApiException(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, "unreadable");

        Assert.True(Decide(failure, 1, TimeSpan.Zero).IsRetry);
        Assert.False(Decide(failure.AsReportedSuccess(), 1, TimeSpan.Zero).IsRetry);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Stops_after_the_last_retry(int attempt, bool expected) =>
        Assert.Equal(expected, Decide(Lost(), attempt, TimeSpan.Zero).IsRetry);

    [Theory]
    [InlineData(98, true)]
    [InlineData(100, false)]
    [InlineData(500, false)]
    public void Stops_at_the_end_of_the_budget(int elapsed, bool expected) =>
        Assert.Equal(expected, Decide(Lost(), 1, TimeSpan.FromSeconds(elapsed)).IsRetry);

    [Fact]
    public void Waits_as_long_as_the_server_asks() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Decide(RateLimited(TimeSpan.FromSeconds(7)), 1, TimeSpan.Zero).Delay);

    [Fact]
    public void Does_not_wait_for_a_server_that_asks_for_more_than_the_budget() =>
        Assert.False(Decide(RateLimited(TimeSpan.FromSeconds(95)), 1, TimeSpan.FromSeconds(6)).IsRetry);

    [Theory]
    [InlineData(429, true, true)]
    [InlineData(429, false, true)]
    [InlineData(503, true, true)]
    [InlineData(503, false, false)]
    public void Holds_back_the_whole_connection_after_a_429_and_a_503_with_Retry_After(
        int status,
        bool hasRetryAfter,
        bool expected)
    {
        CadenzaErrorKind kind = status == 429 ? CadenzaErrorKind.RateLimited : CadenzaErrorKind.ServiceUnavailable;
        var failure = new ApiException(kind, RequestOutcome.Rejected, "failed")
        {
            HttpStatus = status,
            RetryAfter = hasRetryAfter ? TimeSpan.FromSeconds(1) : null,
        };
        Assert.Equal(expected, Decide(failure, 1, TimeSpan.Zero).HoldsConnection);
    }

    [Theory]
    [InlineData(1, 0.0, 0)]
    [InlineData(1, 0.5, 100)]
    [InlineData(2, 0.5, 200)]
    [InlineData(5, 0.5, 1600)]
    [InlineData(7, 0.5, 5000)]
    [InlineData(60, 0.5, 5000)]
    [InlineData(100_000, 0.99, 9900)]
    public void Backs_off_exponentially_with_full_jitter_up_to_ten_seconds(
        int attempt,
        double random,
        int milliseconds) => Assert.Equal(milliseconds, RetryPolicy.Backoff(attempt, random).TotalMilliseconds, 1.0);

    private static ApiException Lost() => new(CadenzaErrorKind.Timeout, RequestOutcome.Unknown, "lost");

    private static ApiException RateLimited(TimeSpan retryAfter) =>
        new(CadenzaErrorKind.RateLimited, RequestOutcome.Rejected, "too many")
        {
            HttpStatus = 429,
            RetryAfter = retryAfter,
        };

    private static RetryDecision Decide(ApiException failure, int attempt, TimeSpan elapsed) =>
        RetryPolicy.Decide(failure, RetryClass.Idempotent, attempt, elapsed, Limits, 0.9);
}
