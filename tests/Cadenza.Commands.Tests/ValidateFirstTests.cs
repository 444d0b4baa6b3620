using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>Input that is validated before the first change, and the number of items that may fail.</summary>
public sealed class ValidateFirstTests
{
    private readonly RecordingRuntime _host = new() { StopsAtTerminatingError = true };

    [Theory]
    [InlineData("a,b,c", "")]
    [InlineData("a,x,c", "x")]
    [InlineData("x,a,b,c", "x")]
    [InlineData("a,b,x,c,y", "x,y")]
    [InlineData("a,,c", "")]
    public async Task Nothing_is_sent_if_one_item_is_not_valid(string items, string unknown)
    {
        string[] ids = items.Split(',');
        bool isValid = items == "a,b,c";

        string[] sent = await RevokeAsync(ids, validatesFirst: true);

        Assert.Equal(isValid ? ids : [], sent);
        Assert.Equal(isValid ? ids : [], WrittenIds(_host));
        Assert.Equal(
            unknown.Split(',', StringSplitOptions.RemoveEmptyEntries),
            _host.Errors.Where(static error => error.Kind == CadenzaErrorKind.CredentialNotFound)
                .Select(static error => error.Target));
        Assert.Equal(isValid ? 0 : 1, _host.Errors.Count(static e => e.Kind == CadenzaErrorKind.ValidationFailed));
        if (!isValid)
        {
            int errors = _host.Errors.Count - 1;
            Assert.Equal(
                $"Nothing was sent, because the input has {errors} error{(errors == 1 ? "" : "s")}.",
                _host.Errors[^1].Message);
            Assert.Equal(RequestOutcome.NotSent, _host.Errors[^1].Exception.Outcome);
        }
    }

    [Fact]
    public async Task Without_it_the_other_items_are_sent() =>
        Assert.Equal(["a", "c"], await RevokeAsync(["a", "", "c"]));

    [Fact]
    public async Task Nothing_is_confirmed_before_the_whole_input_is_validated()
    {
        await RevokeAsync(["a", "b", "x"], validatesFirst: true);

        Assert.Empty(_host.Questions);
    }

    [Theory]
    [InlineData("b", 0, 2)]
    [InlineData("a", 0, 1)]
    [InlineData("a,b", 1, 2)]
    [InlineData("b,d,f", 2, 6)]
    [InlineData("b,d,f", 3, 9)]
    public async Task More_failures_than_are_allowed_end_the_command(string failing, int allowed, int sentCount)
    {
        string[] ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

        string[] sent = await RevokeAsync(ids, failing.Split(','), maximumFailures: allowed);

        Assert.Equal(ids.Take(sentCount), sent);
        bool hasEnded = sentCount < ids.Length;
        Assert.Equal(hasEnded ? 1 : 0, _host.Errors.Count(static e => e.Kind == CadenzaErrorKind.TooManyFailures));
        Assert.Equal(sentCount, _host.Written.Count + _host.Errors.Count - (hasEnded ? 1 : 0));
    }

    [Fact]
    public async Task With_a_limit_the_first_change_is_sent_alone()
    {
        Assert.Equal(["id-1"], await RevokeAsync(Ids(40), ["id-1"], maximumFailures: 0, limit: 16));
        Assert.Equal(CadenzaErrorKind.TooManyFailures, _host.Errors[^1].Kind);
    }

    [Fact]
    public async Task With_a_limit_the_changes_in_flight_are_reported_before_the_command_ends()
    {
        // The waves are 1, 2-3 and 4-7.
        string[] sent = await RevokeAsync(Ids(40), ["id-4", "id-5", "id-6", "id-7"], maximumFailures: 0, limit: 16);

        Assert.InRange(sent.Length, 4, 7);
        Assert.Equal((3, sent.Length - 2), (_host.Written.Count, _host.Errors.Count));
        Assert.Single(_host.Errors, static error => error.Kind == CadenzaErrorKind.TooManyFailures);
        Assert.Equal(CadenzaErrorKind.TooManyFailures, _host.Errors[^1].Kind);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 7)]
    [InlineData(8, 15)]
    public async Task A_failure_is_known_before_the_next_wave_is_sent(int failing, int sentCount)
    {
        string[] sent = await RevokeAsync(Ids(40), [$"id-{failing}"], maximumFailures: 0, limit: 16);

        // The failure may arrive before the last change of its wave is sent.
        Assert.InRange(sent.Length, failing, sentCount);
    }

    [Fact]
    public async Task An_item_that_is_not_valid_counts_as_a_failure()
    {
        Assert.Equal(["a"], await RevokeAsync(["a", "", "c"], maximumFailures: 0));
        Assert.Equal(
            "The command stopped after the first failure: a credential without an id. Nothing more was sent. "
            + "To continue, correct the cause and run the command again with the items that were not sent.",
            _host.Errors[^1].Message);
    }

    [Fact]
    public async Task The_last_item_that_fails_is_one_failure_too_many_as_well()
    {
        Assert.Equal(["a", "b"], await RevokeAsync(["a", "b"], ["b"], maximumFailures: 0));
        Assert.Equal(CadenzaErrorKind.TooManyFailures, _host.Errors[^1].Kind);
    }

    /// <summary>Revokes credentials, and returns the ids that the server received.</summary>
    private async Task<string[]> RevokeAsync(
        string[] ids, string[]? failing = null, bool validatesFirst = false, int? maximumFailures = null, int limit = 1)
    {
        IReadOnlyList<string> rejected = failing ?? [];
        await using ScriptedServer server = ScriptedServer.Running(request => Answers.Json(
            request.Method == "GET" ? Wire.List([.. "abc".Select(static id => Wire.Credential($"{id}"))])
            : rejected.Contains(IdIn(request)) ? Wire.Failure(-22015)
            : Wire.Item(Wire.Credential(IdIn(request), "REVOKED"))));
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(
            connection, _host, ChangeKind.Revoke,
            new() { ThrottleLimit = limit, ValidatesFirst = validatesFirst, MaximumFailures = maximumFailures });
        try
        {
            Feed(runner, ids);
        }
        catch (StoppedException)
        {
            // The command ended with an error.
        }

        return [.. server.Requests.Where(static request => request.Method == "POST").Select(IdIn)];
    }
}
