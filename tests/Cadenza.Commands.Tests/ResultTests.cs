using Cadenza.Commands.Results;
using Cadenza.Commands.Tests.Journal;
using Cadenza.Commands.Verification;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>One result for each item of the input, and keys that the exchange does not accept.</summary>
public sealed class ResultTests : JournalTest
{
    private readonly RecordingRuntime _host = new();

    /// <summary>The ids whose keys the exchange does not accept.</summary>
    private readonly HashSet<string> _wrong = [];

    private string[] Summary => [.. _host.Written.Cast<CredentialResult>().OrderBy(static r => r.Index).Select(
        static r => $"{r.Index} {r.CredentialId} {r.Outcome} {r.Verified} {r.ErrorId}".TrimEnd())];

    [Fact]
    public async Task Each_item_has_a_result_and_the_command_ends_with_one_error()
    {
        await RotateAsync(["a", "", "c"], new() { AsResults = true, ThrottleLimit = 1 });

        Assert.Equal(["1 a Applied", "2  NotSent  CadenzaInvalidCredentialId", "3 c Applied"], Summary);
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task An_error_that_ends_the_command_leaves_a_result_for_each_item_and_does_not_terminate()
    {
        await RotateAsync(["a", "", "c", "d"], new() { AsResults = true, MaximumFailures = 0 });

        Assert.Equal(
            [
                "1 a Applied", "2  NotSent  CadenzaInvalidCredentialId",
                "3 c NotSent  CadenzaTooManyFailures", "4 d NotSent  CadenzaTooManyFailures",
            ],
            Summary);
        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal((CadenzaErrorKind.TooManyFailures, false), (error.Kind, error.FailsEveryItem));
        Assert.Equal(nameof(ICommandRuntime.WriteError), _host.Outputs.Last());
        TextAssert.Contains("item 2 of the input", error.Message);
    }

    [Fact]
    public async Task What_the_journal_lists_as_made_is_skipped_even_if_the_command_has_ended()
    {
        await RotateAsync(["c"], new(), withJournal: true);
        _host.Written.Clear();

        await RotateAsync(["", "c", "d"], new() { AsResults = true, MaximumFailures = 0 }, withJournal: true);

        Assert.Equal(
            ["1  NotSent  CadenzaInvalidCredentialId", "2 c Skipped", "3 d NotSent  CadenzaTooManyFailures"], Summary);
    }

    [Fact]
    public async Task No_error_follows_if_no_item_was_left()
    {
        await RotateAsync(["a", ""], new() { AsResults = true, MaximumFailures = 0 });

        Assert.Equal(["1 a Applied", "2  NotSent  CadenzaInvalidCredentialId"], Summary);
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_declined_item_has_a_result()
    {
        var host = new RecordingRuntime { Confirms = false };
        await using ScriptedServer server = Start();
        using CadenzaConnection connection = TestConnections.Connect(server);
        Run(connection, host, new() { AsResults = true }, Revokes("a"));

        var result = (CredentialResult)Assert.Single(host.Written);
        Assert.Equal((ResultOutcome.Declined, (int?)0, null), (result.Outcome, result.Attempts, result.StartedAt));
    }

    [Theory]
    [InlineData("a", "1 a Applied NotVerified CadenzaNotVerified", 1)]
    [InlineData("d", "4 d Applied NotVerified CadenzaNotVerified", 4)]
    public async Task Keys_that_the_exchange_does_not_accept_stop_the_command(string wrong, string result, int sent)
    {
        _wrong.Add(wrong);

        string[] rotated = await RotateAsync(
            ["a", "b", "c", "d", "e", "f"],
            new() { AsResults = true, Verifies = true, MaximumFailures = 0, ThrottleLimit = 1 });

        Assert.Equal(sent, rotated.Length);
        Assert.Contains(result, Summary);
        Assert.Equal(6 - sent, Count("CadenzaTooManyFailures"));
        Assert.Equal(sent - 1, Count("Applied Verified"));

        int Count(string end) => Summary.Count(line => line.EndsWith(end, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_results_they_are_an_error_that_says_that_the_change_was_made()
    {
        _wrong.Add("a");

        await RotateAsync(["a", "b"], new() { Verifies = true });

        CadenzaErrorReport error = Assert.Single(_host.Errors);
        Assert.Equal(
            (CadenzaErrorKind.NotVerified, RequestOutcome.Applied, "a"),
            (error.Kind, error.Exception.Outcome, error.Target));
        TextAssert.StartsWith(
            "Credential a was rotated, but the exchange does not accept the new keys: ", error.Message);
        Assert.Equal(["b"], WrittenIds(_host));
    }

    [Fact]
    public async Task The_same_journal_rotates_again_what_was_not_accepted_and_skips_the_rest()
    {
        _wrong.Add("b");
        var options = new ChangeRunOptions { AsResults = true, Verifies = true, ThrottleLimit = 1 };
        await RotateAsync(["a", "b"], options, withJournal: true);
        Assert.Equal(["1 a Applied Verified", "2 b Applied NotVerified CadenzaNotVerified"], Summary);
        Assert.Equal(
            [(JournalEvent.Applied, null), (JournalEvent.Applied, "NotVerified")],
            Folder.Entries.Where(static e => e.CredentialId == "b").Skip(1).Select(static e => (e.Event, e.Verified)));

        _wrong.Clear();
        _host.Written.Clear();
        Assert.Equal(["b"], await RotateAsync(["a", "b"], options, withJournal: true));
        Assert.Equal(["1 a Skipped Verified", "2 b Applied Verified"], Summary);

        _host.Written.Clear();
        Assert.Empty(await RotateAsync(["a", "b"], options, withJournal: true));
        Assert.Equal(["1 a Skipped Verified", "2 b Skipped Verified"], Summary);
    }

    [Theory]
    [InlineData(false, "1 a Skipped Verified", 0)]
    [InlineData(true, "1 a Applied NotVerified CadenzaNotVerified", 1)]
    public async Task What_was_rotated_without_a_verification_is_verified_first(bool isWrong, string result, int sent)
    {
        await RotateAsync(["a"], new(), withJournal: true);
        if (isWrong)
        {
            _wrong.Add("a");
        }

        _host.Written.Clear();
        string[] rotated = await RotateAsync(["a"], new() { AsResults = true, Verifies = true }, withJournal: true);

        Assert.Equal(sent, rotated.Length);
        Assert.Equal([result], Summary);
    }

    [Fact]
    public async Task A_verification_has_a_result_for_each_item()
    {
        _wrong.Add("b");
        await using ScriptedServer server = Start();
        using CadenzaConnection connection = TestConnections.Connect(server);
        using (var runner = new VerifyRunner(connection, _host, throttleLimit: 1, asResults: true))
        {
            string[] ids = ["a", "b", "c d"];
            for (int i = 0; i < ids.Length; i++)
            {
                runner.Process(new CredentialReference(ids[i]) { Number = i + 1 });
            }

            runner.Skip(new CredentialReference("a") { Number = 4 }, "twice");
            runner.Complete();
        }

        Assert.Equal(
            [
                "1 a Answered Verified", "2 b Answered NotVerified",
                "3 c d NotSent  CadenzaInvalidCredentialId", "4 a Skipped",
            ],
            Summary);
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public void An_outage_leaves_a_result_for_each_item()
    {
        using CadenzaConnection connection = TestConnections.Connect(ScriptedServer.FindDeafAddress());
        Rotate(connection, new() { AsResults = true, ThrottleLimit = 1 }, ["a", "b", "c", "d", "e"]);

        Assert.Equal(5, _host.Written.Count);
        Assert.All(_host.Written, static r => Assert.Equal(ResultOutcome.NotSent, ((CredentialResult)r).Outcome));
        Assert.False(Assert.Single(_host.Errors).FailsEveryItem);
    }

    /// <summary>Rotates credentials, and returns the ids that the server received.</summary>
    private async Task<string[]> RotateAsync(string[] ids, ChangeRunOptions options, bool withJournal = false)
    {
        await using ScriptedServer server = Start();
        using CadenzaConnection connection = TestConnections.Connect(server);

        // The server of each run has another address.
        ChangeJournal? journal = withJournal ? Folder.Open(JournalFolder.Connect(new("https://same.invalid/"))) : null;
        Rotate(connection, options with { Journal = journal }, ids);
        return [.. server.RequestsTo("rotate").Select(IdIn)];
    }

    private void Rotate(CadenzaConnection connection, ChangeRunOptions options, string[] ids)
    {
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, options);
        for (int i = 0; i < ids.Length; i++)
        {
            var item = new CredentialReference(ids[i]) { Number = i + 1 };
            runner.Process(item, new RotateRequest(item, TestClients.Keys()));
        }

        runner.Complete();
        Assert.Empty(runner.TakeUnreportedOutcomes());
    }

    private ScriptedServer Start() => ScriptedServer.Running(request =>
    {
        string id = request.Text.Contains("credentialIds", StringComparison.Ordinal)
            ? request.Text.Split('"')[3]
            : IdIn(request);
        bool isAsked = request.Path.EndsWith("verify", StringComparison.Ordinal);
        bool isBatch = isAsked && request.Text.Split('"').Length > 5;
        return Answers.Json(
            isBatch ? Wire.Failure(-22015) : Wire.Item(
                Wire.Credential(id, isAsked && _wrong.Contains(id) ? "FAILED" : "VERIFIED")),
            isBatch ? 400 : 200);
    });
}
