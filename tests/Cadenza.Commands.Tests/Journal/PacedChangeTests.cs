using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>Changes that wait for their turn, because the number of requests per minute is limited.</summary>
public sealed class PacedChangeTests : JournalTest
{
    /// <summary>One request per minute: the second change waits when the command is canceled.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_that_waits_for_its_turn_was_not_sent(bool hasJournal)
    {
        using var stop = new CancellationTokenSource();
        await using var server = ScriptedServer.Running(static request =>
            Answers.Json(Wire.Item(Wire.Credential(IdIn(request), "REVOKED"))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        var host = new RecordingRuntime
        {
            OnCall = call =>
            {
                if (call == "WriteObject")
                {
                    stop.Cancel();
                }
            },
        };
        using var runner = new ChangeRunner(
            connection, host, ChangeKind.Revoke,
            new() { Journal = hasJournal ? Folder.Open(connection) : null, MaxPerMinute = 1 },
            stop.Token);

        Assert.ThrowsAny<OperationCanceledException>(() => Feed(runner, Ids(50)));

        Assert.Equal(["id-1"], WrittenIds(host));
        Assert.Single(server.Requests);
        Assert.Equal(
            "Credential id-2 was not revoked: It was canceled before the request was sent.",
            Assert.Single(runner.TakeUnreportedOutcomes()));
        Assert.Equal(
            hasJournal ? ["Intent id-1", "Applied id-1", "Intent id-2", "NotSent id-2"] : [],
            Folder.Entries.OrderBy(static line => line.CredentialId)
                .Select(static line => $"{line.Event} {line.CredentialId}"));
    }
}
