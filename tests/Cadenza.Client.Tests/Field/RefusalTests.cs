namespace Cadenza.Client.Tests.Field;

/// <summary>What a refusal means depends on the operation and on who wrote it.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("rotate", "LockConflict")]
    [InlineData("rotate", "RateConflict:retryafter=1")]
    [InlineData("revoke", "LockConflict")]
    [InlineData("revoke", "RateConflict")]
    [InlineData("create", "LockConflict")]
    [InlineData("create", "RateConflict")]
    public async Task A_409_that_is_temporary_is_sent_again(string operation, string fault)
    {
        using var server = new FieldServer($"credential/{operation}:{fault}{(fault.Contains(':') ? ',' : ':')}times=2");

        await server.ChangeAsync(operation);

        Assert.Equal(3, server.CountOf("/" + operation));
    }

    [Theory]
    [InlineData(ApiOperation.Revoke, -22017, CadenzaErrorKind.CredentialInUse)]
    [InlineData(ApiOperation.Revoke, -130002, CadenzaErrorKind.CredentialInUse)]
    [InlineData(ApiOperation.Revoke, null, CadenzaErrorKind.CredentialInUse)]
    [InlineData(ApiOperation.Revoke, -130001, CadenzaErrorKind.AlreadyRevoked)]
    [InlineData(ApiOperation.Revoke, -22016, CadenzaErrorKind.CredentialNotFound)]
    [InlineData(ApiOperation.Create, -22017, CadenzaErrorKind.AlreadyExists)]
    [InlineData(ApiOperation.Create, null, CadenzaErrorKind.AlreadyExists)]
    [InlineData(ApiOperation.Rotate, -22017, CadenzaErrorKind.AlreadyExists)]
    [InlineData(ApiOperation.Rotate, null, CadenzaErrorKind.Refused)]
    [InlineData(ApiOperation.Verify, null, CadenzaErrorKind.Refused)]
    [InlineData(ApiOperation.Rotate, -22014, CadenzaErrorKind.ServiceUnavailable)]
    [InlineData(ApiOperation.Verify, -18011, CadenzaErrorKind.RateLimited)]
    internal void A_409_means_what_the_operation_and_the_errno_say(
        ApiOperation operation,
        int? errno,
        CadenzaErrorKind kind
    ) => Assert.Equal((kind, RequestOutcome.Rejected), FailureClassifier.Classify(operation, 409, errno));

    [Theory]
    [InlineData(429, -26029, CadenzaErrorKind.RateLimited)]
    [InlineData(503, -26001, CadenzaErrorKind.ServiceUnavailable)]
    [InlineData(503, -100001, CadenzaErrorKind.ServiceUnavailable)]
    [InlineData(401, -26001, CadenzaErrorKind.LoginRejected)]
    [InlineData(401, -19002, CadenzaErrorKind.LoginRejected)]
    public void A_login_is_rejected_only_if_the_server_does_not_ask_to_wait(
        int status,
        int errno,
        CadenzaErrorKind kind
    ) => Assert.Equal(kind, FailureClassifier.Classify(ApiOperation.Login, status, errno).Kind);

    [Fact]
    public async Task A_login_that_is_rate_limited_waits_and_signs_in()
    {
        var time = new SkippingTimeProvider();
        SandboxHandler sandbox = Sandboxes.Create(time, "auth/login:LoginRateLimited:times=1,retryafter=1");

        using CadenzaClient client = await Sandboxes.LoginAsync(Sandboxes.ClientOptions(sandbox, time));

        Assert.Equal(2, sandbox.Requests.Count);
    }

    [Theory]
    [InlineData("ForbiddenHtml", 403)]
    [InlineData("UnauthorizedHtml", 401)]
    [InlineData("LegalReasonsHtml", 451)]
    [InlineData("ProxyAuthenticationHtml", 407)]
    [InlineData("NetworkAuthenticationHtml", 511)]
    [InlineData("UnauthorizedJson", 401)]
    [InlineData("ForbiddenJson", 403)]
    public async Task A_rejection_that_the_api_did_not_write_ends_the_command(string fault, int status)
    {
        using var server = new FieldServer("*:" + fault);

        ApiException error = await server.RevokeAsync()
            .FailsAsync(CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected);

        Assert.Equal(status, error.HttpStatus);
        Assert.True(ErrorKinds.FailsEveryItem(error.Kind));
        Assert.Equal("VERIFIED", server.Now.Status);
        Assert.Single(server.Sandbox.Requests);
    }

    [Theory]
    [InlineData("""{"success":false}""")]
    [InlineData("""{"errno":"403"}""")]
    [InlineData("""{"errno":403,"success":false}""")]
    [InlineData("""{"errno":0,"success":false,"error":"blocked"}""")]
    [InlineData("""{"errno":null,"error":"blocked","success":false}""")]
    [InlineData("""{"errno":-0.5,"success":false}""")]
    [InlineData("""{"errno":"blocked"}""")]
    public async Task Json_without_the_errno_of_the_api_is_not_from_the_api(string body)
    {
        foreach (int status in new[] { 401, 403, 407, 451, 511 })
        {
            await using var server = ScriptedServer.Answering(Answers.Json(body, status));

            await server.Client.RevokeCredentialAsync("a")
                .FailsAsync(CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected);

            Assert.Single(server.Requests);
        }
    }

    [Theory]
    [InlineData(401, "-26001", CadenzaErrorKind.Unauthorized)]
    [InlineData(403, "-22018", CadenzaErrorKind.AccessDenied)]
    [InlineData(403, "\"-22018\"", CadenzaErrorKind.AccessDenied)]
    [InlineData(403, "-99", CadenzaErrorKind.AccessDenied)]
    [InlineData(403, "22018", CadenzaErrorKind.AccessDenied)]
    [InlineData(403, "null,\"success\":false,\"details\":{\"code\":\"ACCESS_DENIED\"}", CadenzaErrorKind.AccessDenied)]
    [InlineData(401, "null,\"success\":false,\"details\":{\"code\":\"INVALID_TOKEN\"}", CadenzaErrorKind.Unauthorized)]
    [InlineData(451, "-22015", CadenzaErrorKind.InvalidRequest)]
    public async Task Json_with_the_errno_of_the_api_is_from_the_api(int status, string errno, CadenzaErrorKind kind)
    {
        await using var server = ScriptedServer.Answering(Answers.Json($$"""{"errno":{{errno}}}""", status));

        await server.Client.RevokeCredentialAsync("a").FailsAsync(kind, RequestOutcome.Rejected);
    }

    [Theory]
    [InlineData("Create", RequestOutcome.Applied)]
    [InlineData("Rotate", RequestOutcome.Applied)]
    [InlineData("Revoke", RequestOutcome.Applied)]
    [InlineData("Login", RequestOutcome.Unknown)]
    [InlineData("Refresh", RequestOutcome.Unknown)]
    public void A_reported_success_that_cannot_be_read_means_that_a_change_was_made(
        string operation, RequestOutcome outcome) =>
        Assert.Equal(outcome, FailureClassifier.ClassifyUnreadableSuccess(Enum.Parse<ApiOperation>(operation)));

    /// <summary>A CDN sends them for a server that it cannot reach now: they are sent again.</summary>
    [Theory]
    [InlineData(520)]
    [InlineData(521)]
    [InlineData(524)]
    [InlineData(530)]
    public void A_page_of_a_cdn_about_its_server_is_not_a_rejection(int status) =>
        Assert.Equal(
            (CadenzaErrorKind.ServerError, RequestOutcome.Unknown), FailureClassifier.ClassifyUnreadable(status));

    [Theory]
    [InlineData("17")]
    [InlineData("null")]
    [InlineData("""{"credentialId":"a","status":17}""")]
    [InlineData("""[{"tradingAccountId":"t","status":17}]""")]
    [InlineData("""["a"]""")]
    [InlineData("""[{"\ud800":1,"credentialId":"a","status":"VERIFIED"}]""")]
    // The answer is about another credential.
    [InlineData("""{"credentialId":"b","status":"VERIFIED"}""")]
    [InlineData("""[{"credentialId":"b","status":"VERIFIED"}]""")]
    [InlineData("""[{"tradingAccountId":"t","status":"ACTIVE","credentials":[{"credentialId":"b"}]}]""")]
    [InlineData(
        """[{"tradingAccountId":"t","status":"ACTIVE","credentials":["a"]},{"tradingAccountId":"u","credentials":["b"]}]"""
    )]
    public async Task A_verification_whose_answer_cannot_be_used_is_unknown_and_never_applied(string data)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(data)));

        await server.Client.VerifyCredentialAsync("a").FailsAsync(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown);

        // The same request would get the same answer.
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Credentials_are_verified_alone_if_the_answer_about_several_cannot_be_read()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item("""["a"]""")));

        Assert.Null(await server.Client.TryVerifyCredentialsAsync(["a", "b"]).Bounded());
    }

    [Theory]
    [InlineData("PENDING", VerificationAnswer.NotYetKnown)]
    [InlineData("CREATED", VerificationAnswer.NotYetKnown)]
    [InlineData("UNKNOWN", VerificationAnswer.NotYetKnown)]
    [InlineData("INACTIVE", VerificationAnswer.NotYetKnown)]
    [InlineData("QUARANTINED", VerificationAnswer.NotYetKnown)]
    [InlineData("FAILED", VerificationAnswer.Rejected)]
    [InlineData("EXPIRED", VerificationAnswer.Rejected)]
    [InlineData("verified", VerificationAnswer.Accepted)]
    [InlineData("ACTIVE", VerificationAnswer.Accepted)]
    [InlineData("REVOKED", VerificationAnswer.NotApplicable)]
    public async Task A_verification_says_yes_no_or_not_yet(string status, string answer)
    {
        using var server = new FieldServer($"credential/verify:OtherStatus:status={status}");

        VerificationResult result = await server.Client.VerifyCredentialAsync(server.Target.CredentialId).Bounded();

        Assert.Equal((answer, answer == VerificationAnswer.Accepted), (result.Answer, result.Passed));
    }

    [Theory]
    [InlineData("""[{"credentialId":"a","status":"FAILED"}]""", VerificationAnswer.Rejected)]
    [InlineData("""[{"credentialId":"a","status":"PENDING"}]""", VerificationAnswer.NotYetKnown)]
    [InlineData(
        """[{"credentialId":"b","status":"FAILED"},{"credentialId":"a","status":"VERIFIED"}]""",
        VerificationAnswer.Accepted)]
    public async Task A_verification_can_be_answered_with_a_list_of_credentials(string data, string answer)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(data)));

        VerificationResult result = await server.Client.VerifyCredentialAsync("a").Bounded();

        Assert.Equal((answer, answer == VerificationAnswer.Accepted), (result.Answer, result.Passed));
    }

    [Fact]
    public async Task A_creation_that_is_answered_with_another_credential_is_looked_up()
    {
        using var server = new FieldServer("credential/create:OtherObject");

        CadenzaCredential created = await server.CreateAsync("made");

        Assert.Equal("made", created.Nickname);
        Assert.Equal(1, server.CountOf("/create"));
    }

    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task A_strict_server_gets_its_own_members_and_types(SandboxDialect dialect)
    {
        using var server = new FieldServer(
            new SandboxOptions { Dialect = dialect, StrictMembers = true, StrictTypes = true });

        CadenzaCredential first = await server.CreateAsync("made");
        int requests = server.CountOf("/create");
        CadenzaCredential second = await server
            .Client.CreateCredentialAsync(
                new NewCredential("BYBIT", TestClients.Keys("other-key-1", "other-secret-1")) { Nickname = "second" })
            .Bounded();

        Assert.Equal(("made", "second"), (first.Nickname, second.Nickname));
        Assert.InRange(requests, 1, 6);
        Assert.Equal(requests + 1, server.CountOf("/create"));
    }

    [Fact]
    public async Task A_type_that_was_specified_is_sent_or_refused()
    {
        using var server = new FieldServer(new SandboxOptions { Dialect = SandboxDialect.OpenApi, StrictTypes = true });

        var typed = new NewCredential("BYBIT", TestClients.Keys()) { Nickname = "typed", CredentialType = "EXCHANGE" };
        await server.Client.CreateCredentialAsync(typed)
            .FailsAsync(CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected);
    }

    [Fact]
    public async Task A_server_of_the_guide_is_asked_once_for_each_verification()
    {
        using var server = new FieldServer(new SandboxOptions { StrictMembers = true });
        string[] ids = server.Sandbox.FindIds(static c => !c.IsRevoked);

        Assert.Null(await server.Client.TryVerifyCredentialsAsync(ids).Bounded());
        foreach (string id in ids)
        {
            await server.Client.VerifyCredentialAsync(id).Bounded();
        }

        Assert.Equal(ids.Length + 1, server.CountOf("/verify"));
    }

    [Theory]
    [InlineData("LOCKED", true)]
    [InlineData("locked", true)]
    [InlineData("ACTIVE", false)]
    [InlineData("SOMETHING_NEW", false)]
    public void A_locked_account_is_not_active(string status, bool isIdle) =>
        Assert.Equal(isIdle, TradingAccountStatus.IsIdle(status));
}
