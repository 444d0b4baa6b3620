namespace Cadenza.Client.Tests;

/// <summary>The answers that the API's public documents show, read by the real client.</summary>
public sealed class DocumentedExampleTests
{
    private const string GuideList = """
        {"data":[{"credentialId":"550e8400-e29b-41d4-a716-446655440000","venue":"BINANCE","credentialType":"EXCHANGE","nickname":"My Binance API","status":"VERIFIED","identities":["spot","margin","futures"],"createdAt":1704067200000,"updatedAt":1704153600000}],"success":true,"errno":0,"error":null,"pagination":{"offset":0,"limit":50,"total":1}}
        """;

    private const string OpenApiList = """
        {"errno":0,"pagination":{"cursor":"cursor","total":100,"offset":0,"limit":20,"hasNext":true},"data":[{"credentialType":"API_KEY","revokedAtDateTime":"2000-01-23T04:56:07.000+00:00","venue":"BINANCE","createdAt":1632933600000,"updatedAtDateTime":"2000-01-23T04:56:07.000+00:00","nickname":"api_key_for_binance","credentialId":"046b6c7f-0b8a-43b9-b35d-6489e6daee91","revokedAt":1632933600000,"createdAtDateTime":"2000-01-23T04:56:07.000+00:00","status":"CREATED","updatedAt":1632933600000}],"success":true,"error":null}
        """;

    private const string Login = """
        {"data":{"accessToken":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...","refreshToken":"v1.refresh-token-here","tokenType":"bearer","expiresIn":3600,"expiresAt":1703056235,"user":{"id":"550e8400-e29b-41d4-a716-446655440000","email":"user@example.com","createdAt":"2024-01-15T10:00:00Z"}},"success":true,"errno":0,"error":null}
        """;

    private const string AlreadyRevoked =
        """{"data":null,"success":false,"errno":-130001,"error":"Credential is already revoked"}""";

    private const string PageRevoke = """
        {"data":{"credentialId":"660e8400-e29b-41d4-a716-446655440000","userId":"user-uuid-here","venue":"BINANCE","name":"My Binance API Key","type":"EXCHANGE","status":"REVOKED","createdAt":1703052635110,"updatedAt":1703052700000,"revokedAt":1703052700000},"success":true,"errno":0,"error":null}
        """;

    [Fact]
    public async Task The_guides_list_is_read_whole()
    {
        CadenzaCredential credential = (await ListResult.FromAsync(Answers.Json(GuideList))).Single();

        Assert.Equal("550e8400-e29b-41d4-a716-446655440000", credential.CredentialId);
        Assert.Equal(
            ("BINANCE", "EXCHANGE", "My Binance API", "VERIFIED"),
            (credential.Venue, credential.CredentialType, credential.Nickname, credential.Status));
        Assert.Equal(["spot", "margin", "futures"], credential.Identities);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), credential.CreatedAt);
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero), credential.UpdatedAt);
        Assert.Null(credential.RevokedAt);
        Assert.Empty(credential.AdditionalProperties);
    }

    [Fact]
    public async Task OpenApis_list_is_read_whole_and_a_server_that_repeats_it_for_ever_is_left_with_a_warning()
    {
        ListResult listing = await ListResult.FromAsync(Answers.Json(OpenApiList));

        CadenzaCredential credential = Assert.Single(listing.Credentials);
        Assert.Equal("046b6c7f-0b8a-43b9-b35d-6489e6daee91", credential.CredentialId);
        Assert.Equal(
            ("api_key_for_binance", "API_KEY", "CREATED"),
            (credential.Nickname, credential.CredentialType, credential.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1632933600000), credential.RevokedAt);
        Assert.Empty(credential.AdditionalProperties);
        Assert.Single(listing.Warnings);
        Assert.Null(listing.Failure);
        Assert.Equal(2, listing.Requests.Count);
        Assert.Equal(["cursor"], listing.Requests[1].Query("cursor"));
    }

    [Fact]
    public async Task The_login_page_signs_in_and_its_token_is_sent()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Login), Answers.Json(GuideList));
        var clock = new SkippingTimeProvider();

        (CadenzaClient client, SignedInUser? user) = await CadenzaClient
            .LoginAsync(
                TestClients.Options(server.BaseAddress, timeProvider: clock),
                "user@example.com",
                SecretText.Wrap("p4ssword"))
            .Bounded();
        using CadenzaClient session = client;
        (await ListResult.OfAsync(session)).Single();

        Assert.Equal(("user@example.com", "550e8400-e29b-41d4-a716-446655440000"), (user?.Email, user?.Id));
        Assert.Equal(clock.GetUtcNow().AddHours(1), session.TokenExpiresAt);
        Assert.Equal("Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...", server.Requests[1].Header("Authorization"));
    }

    [Fact]
    public async Task The_already_revoked_answer_is_its_own_kind_of_error()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(AlreadyRevoked, 400));

        ApiException error = await server.Client.RevokeCredentialAsync("some-id")
            .FailsAsync(CadenzaErrorKind.AlreadyRevoked, RequestOutcome.Rejected);

        Assert.Equal(
            ((int?)400, (long?)-130001, "Credential is already revoked"),
            (error.HttpStatus, error.Errno, error.ServerMessage));
    }

    [Fact]
    public async Task The_endpoint_pages_revoked_credential_is_read_into_the_same_model()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(PageRevoke));

        CadenzaCredential credential =
            await server.Client.RevokeCredentialAsync("660e8400-e29b-41d4-a716-446655440000").Bounded();

        Assert.Equal(
            ("My Binance API Key", "EXCHANGE", "REVOKED", "user-uuid-here"),
            (credential.Nickname, credential.CredentialType, credential.Status, credential.UserId));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1703052700000), credential.RevokedAt);
        Assert.Equal("""{"credentialId":"660e8400-e29b-41d4-a716-446655440000"}""", server.Requests[0].Text);
    }
}
