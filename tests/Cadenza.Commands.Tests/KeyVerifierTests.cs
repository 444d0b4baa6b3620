using Cadenza.Client;
using Cadenza.Commands.Results;
using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Tests;

/// <summary>The questions to the exchange after a rotation, in virtual time.</summary>
public sealed class KeyVerifierTests
{
    [Theory]
    [InlineData("VERIFIED", "Verified", 1)]
    [InlineData("FAILED", "NotVerified", 1)]
    [InlineData("REVOKED", "NotVerified", 1)]
    [InlineData("PENDING,VERIFIED", "Verified", 2)]
    [InlineData("PENDING,PENDING,FAILED", "NotVerified", 3)]
    [InlineData("PENDING,PENDING,PENDING,PENDING,PENDING,VERIFIED", "NotYetKnown", 5)]
    [InlineData("SOMETHING_NEW,VERIFIED", "Verified", 2)]
    public async Task The_exchange_is_asked_until_it_knows_but_not_forever(
        string statuses, string expected, int questions)
    {
        await using var server = ScriptedServer.Answering(
            [.. statuses.Split(',').Select(static status => Answers.Json(Wire.Item(Wire.Credential("a", status))))]);

        KeyVerification answer = await AskAsync(server);

        Assert.Equal((expected, questions), (answer.Verified, server.Requests.Count));
        Assert.Equal(expected == ResultVerification.Verified, answer.Message is null);
    }

    [Fact]
    public async Task A_verification_that_fails_is_not_yet_known()
    {
        await using var server = ScriptedServer.Running(static _ => Answers.Json(Wire.Failure(-22015, "no"), 400));

        KeyVerification answer = await AskAsync(server);

        Assert.Equal(ResultVerification.NotYetKnown, answer.Verified);
        TextAssert.Contains("no", answer.Message);
    }

    [Fact]
    public async Task The_question_can_be_cancelled()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Running(_ =>
        {
            asked.TrySetResult();
            return Answers.Json(Wire.Item(Wire.Credential("a", "PENDING")));
        });
        using var client = CadenzaClient.FromAccessToken(
            TestClients.Options(server.BaseAddress, timeProvider: TestClients.CreateTime()),
            SecretText.Wrap(TestClients.Token));
        using var stop = new CancellationTokenSource();

        Task<KeyVerification> asking = new KeyVerifier(client).AskAsync("a", stop.Token);
        await asked.Task.Bounded();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.Bounded());
    }

    private static async Task<KeyVerification> AskAsync(ScriptedServer server)
    {
        using CadenzaClient client = TestClients.Create(server);
        return await new KeyVerifier(client).AskAsync("a", CancellationToken.None).Bounded();
    }
}
