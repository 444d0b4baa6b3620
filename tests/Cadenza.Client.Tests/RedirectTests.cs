namespace Cadenza.Client.Tests;

/// <summary>A redirect is an error: the next host would be given the token and the keys.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(301, RequestOutcome.Rejected)]
    [InlineData(302, RequestOutcome.Unknown)]
    [InlineData(303, RequestOutcome.Unknown)]
    [InlineData(307, RequestOutcome.Rejected)]
    [InlineData(308, RequestOutcome.Rejected)]
    public async Task A_redirect_is_never_followed_and_its_target_is_named(int status, RequestOutcome outcome)
    {
        await using var target = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));
        await using var server = ScriptedServer.Answering(
            Answers.Empty(
                status,
                $"Location: {target.BaseAddress}api/v3/credential/revoke?token=canary",
                "X-Request-Id: req-1"));

        ApiException change = await server.Client.RotateCredentialAsync("a", TestClients.Keys()).FailsAsync();
        ListResult list = await ListResult.OfAsync(server.Client);

        foreach (ApiException? error in new[] { change, list.Failure })
        {
            Assert.Equal(
                (CadenzaErrorKind.Redirected, outcome, status),
                (error!.Kind, error.Outcome, error.HttpStatus!.Value));
            Assert.Contains(target.BaseAddress.Authority, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Empty(target.Requests);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("Location: /elsewhere")]
    [InlineData("Location: //other.example/x")]
    [InlineData("Location: not a uri \t")]
    [InlineData("Location:")]
    [InlineData("X-None: at-all")]
    [InlineData("Location: javascript:alert(1)")]
    [InlineData("Location: https://user:canary@other.example/")]
    public async Task A_redirect_with_an_odd_target_is_the_same_error(string header)
    {
        await using var server = ScriptedServer.Answering(Answers.Empty(302, header));

        ApiException error = await server.Client.RevokeCredentialAsync("a").FailsAsync();

        Assert.Equal(CadenzaErrorKind.Redirected, error.Kind);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.Single(server.RequestsTo("/revoke"));
    }
}
