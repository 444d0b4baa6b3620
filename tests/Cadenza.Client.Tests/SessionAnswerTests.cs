using Cadenza.Client.Authentication;

namespace Cadenza.Client.Tests;

/// <summary>What a login's answer may hold, and what a token tells of itself.</summary>
public sealed class SessionAnswerTests
{
    public static TheoryData<string> AnswersWithoutToken =>
    [
        "{}", """{"accessToken":null}""", """{"accessToken":""}""", """{"accessToken":7}""",
        "{\"accessToken\":\"a\\ud800\"}", "{\"accessToken\":\"canary\\r\\nX-Evil: 1\"}",
        "{\"accessToken\":\"canary token\"}", "{\"accessToken\":\"canary-tökèn\"}",
        "{\"\\ud800\":1,\"accessToken\":\"a\"}", "[]", "null",
    ];

    [Theory]
    [MemberData(nameof(AnswersWithoutToken))]
    public async Task A_login_without_a_token_that_can_be_sent_is_a_bad_response(string data)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(data)), Answers.Json(Wire.List()));

        var error = await Assert.ThrowsAsync<ApiException>(() =>
            TestClients.LoginAsync(server.BaseAddress, new SkippingTimeProvider()));

        Assert.Equal(CadenzaErrorKind.BadResponse, error.Kind);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"expiresAt\":1703056235", "2023-12-20T07:10:35Z")]
    [InlineData("\"expiresAt\":1703056235110", "2023-12-20T07:10:35.110Z")]
    [InlineData("\"expiresAt\":\"1703056235\"", "2023-12-20T07:10:35Z")]
    [InlineData("\"expiresAt\":9223372036854775807", null)]
    [InlineData("\"expiresAt\":\"soon\"", null)]
    [InlineData("\"expiresAt\":{\"x\":[1]}", null)]
    [InlineData("\"expiresAt\":null", null)]
    public void The_end_is_read_in_seconds_and_in_milliseconds(string member, string? expected)
    {
        SessionTokens tokens = SessionReader.ReadSession(
            Encoding.UTF8.GetBytes($$"""{"accessToken":"a",{{member}},"user":null}"""),
            SecretRedactor.Plain);

        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            tokens.ExpiresAt);
        Assert.Null(tokens.RefreshToken);
        Assert.Null(tokens.User);
    }

    [Theory]
    [InlineData("""{"exp":1703056235}""", "2023-12-20T07:10:35Z")]
    [InlineData("""{"sub":{"exp":1},"exp":1703056235,"x":"ü?>~"}""", "2023-12-20T07:10:35Z")]
    [InlineData("""{"exp":"1703056235"}""", null)]
    [InlineData("""{"exp":1e300}""", null)]
    [InlineData("""{"exp":99999999999999}""", null)]
    [InlineData("""{"sub":"x"}""", null)]
    [InlineData("[1703056235]", null)]
    [InlineData("exp", null)]
    [InlineData("{\"\\ud800\":1,\"exp\":1703056235}", null)]
    public void A_jwt_tells_its_end(string payload, string? expected)
    {
        string token = "eyJhbGciOiJIUzI1NiJ9." + Base64Url(payload) + ".c2ln";

        Assert.Equal(
            expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture),
            JsonWebToken.ReadExpiry(SecretText.Wrap(token)));
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("a.!!!!.c")]
    [InlineData("a.ZZZZZ.c")]
    [InlineData("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...")]
    public void A_token_that_is_no_jwt_tells_nothing(string token) =>
        Assert.Null(JsonWebToken.ReadExpiry(SecretText.Wrap(token)));

    [Fact]
    public void A_fixed_token_shows_when_it_ends()
    {
        string token = "e30." + Base64Url("""{"exp":1703056235}""") + ".c2ln";
        using var client = CadenzaClient.FromAccessToken(
            TestClients.Options(new Uri("http://127.0.0.1:9/")),
            SecretText.Wrap(token));

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1703056235), client.TokenExpiresAt);
    }

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
