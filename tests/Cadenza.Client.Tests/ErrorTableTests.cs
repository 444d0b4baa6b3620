namespace Cadenza.Client.Tests;

/// <summary>Every pair of HTTP status and errno that the API's documents name.</summary>
public sealed class ErrorTableTests
{
    public static TheoryData<int, int, CadenzaErrorKind, RequestOutcome> Documented =>
        new()
        {
            { 401, -100001, CadenzaErrorKind.LoginRejected, RequestOutcome.Rejected },
            { 401, -100003, CadenzaErrorKind.SessionExpired, RequestOutcome.Rejected },
            { 400, -130001, CadenzaErrorKind.AlreadyRevoked, RequestOutcome.Rejected },
            { 429, -18011, CadenzaErrorKind.RateLimited, RequestOutcome.Rejected },
            { 504, -18015, CadenzaErrorKind.Timeout, RequestOutcome.Unknown },
            { 401, -18022, CadenzaErrorKind.InvalidApiKey, RequestOutcome.Rejected },
            { 400, -19001, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected },
            { 401, -19002, CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected },
            { 404, -19003, CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected },
            { 400, -19004, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected },
            { 422, -19004, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected },
            { 400, -19005, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected },
            { 503, -19006, CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown },
            { 500, -22000, CadenzaErrorKind.ServerError, RequestOutcome.Unknown },
            { 400, -22006, CadenzaErrorKind.InvalidApiKey, RequestOutcome.Rejected },
            { 503, -22014, CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Rejected },
            { 400, -22015, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected },
            { 404, -22016, CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected },
            { 409, -22017, CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected },
            { 403, -22018, CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected },
            { 401, -26001, CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected },
            { 401, -26999, CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected },
            { 409, -130002, CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected },
            { 409, -22000, CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected },
        };

    [Theory]
    [MemberData(nameof(Documented))]
    public async Task A_documented_failure_has_its_kind_and_outcome(
        int status,
        int errno,
        CadenzaErrorKind kind,
        RequestOutcome outcome)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(errno), status));

        ApiException error = await server.Client.RevokeCredentialAsync("a").FailsAsync();

        Assert.Equal(
            (kind, outcome, (int?)status, (long?)errno),
            (error.Kind, error.Outcome, error.HttpStatus, error.Errno));
        Assert.Single(server.RequestsTo("/revoke"));
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_positive_errno_means_the_same_as_the_negative(
        int status,
        int errno,
        CadenzaErrorKind kind,
        RequestOutcome outcome)
    {
        Assert.Equal((kind, outcome), FailureClassifier.Classify(ApiOperation.Revoke, status, errno));
        Assert.Equal((kind, outcome), FailureClassifier.Classify(ApiOperation.Revoke, status, -errno));
    }

    [Theory]
    [InlineData(400, CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected)]
    [InlineData(401, CadenzaErrorKind.Unauthorized, RequestOutcome.Rejected)]
    [InlineData(403, CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected)]
    [InlineData(404, CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected)]
    [InlineData(405, CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected)]
    [InlineData(408, CadenzaErrorKind.Timeout, RequestOutcome.Unknown)]
    [InlineData(409, CadenzaErrorKind.CredentialInUse, RequestOutcome.Rejected)]
    [InlineData(418, CadenzaErrorKind.Refused, RequestOutcome.Rejected)]
    [InlineData(429, CadenzaErrorKind.RateLimited, RequestOutcome.Rejected)]
    [InlineData(500, CadenzaErrorKind.ServerError, RequestOutcome.Unknown)]
    [InlineData(502, CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown)]
    [InlineData(503, CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown)]
    [InlineData(504, CadenzaErrorKind.ServiceUnavailable, RequestOutcome.Unknown)]
    [InlineData(599, CadenzaErrorKind.ServerError, RequestOutcome.Unknown)]
    public void Without_an_errno_that_is_known_the_status_decides(
        int status,
        CadenzaErrorKind kind,
        RequestOutcome outcome)
    {
        long?[] unknown = [-99, 0, null, long.MinValue];
        Assert.All(
            unknown,
            errno => Assert.Equal((kind, outcome), FailureClassifier.Classify(ApiOperation.Revoke, status, errno)));
    }

    [Theory]
    [InlineData(401, -100001, CadenzaErrorKind.LoginRejected)]
    [InlineData(401, -26001, CadenzaErrorKind.LoginRejected)]
    [InlineData(401, -99, CadenzaErrorKind.LoginRejected)]
    [InlineData(429, -99, CadenzaErrorKind.RateLimited)]
    public async Task A_login_is_rejected_by_the_status_whatever_the_errno(int status, int errno, CadenzaErrorKind kind)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Failure(errno), status));

        await TestClients.LoginAsync(server.BaseAddress, new SkippingTimeProvider())
            .FailsAsync(kind, RequestOutcome.Rejected);
    }
}
