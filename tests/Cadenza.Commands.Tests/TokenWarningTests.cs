using System.Security;

namespace Cadenza.Commands.Tests;

/// <summary>The warning about a token that expires soon, also if the clocks differ.</summary>
public sealed class TokenWarningTests
{
    private readonly FakeTimeProvider _time = TestClients.CreateTime();
    private readonly RecordingRuntime _runtime = new();

    [Theory]
    [InlineData(-70, 5)]
    [InlineData(0, 5)]
    [InlineData(70, 5)]
    [InlineData(-70, 20)]
    [InlineData(0, 20)]
    [InlineData(70, 20)]
    public async Task The_warning_counts_the_minutes_by_the_clock_of_the_server(int minutesAhead, int lifetime)
    {
        await WarnAsync(minutesAhead, lifetime);

        const string Warning =
            "The access token expires in 5 minutes (2026-03-01 12:05Z) and cannot be renewed. Advice.";
        Assert.Equal(lifetime == 5 ? [Warning] : [], _runtime.Warnings);
    }

    [Fact]
    public async Task There_is_no_warning_about_a_token_that_a_script_block_replaces()
    {
        await WarnAsync(minutesAhead: 0, lifetime: 5, static () => (null, null));

        Assert.Empty(_runtime.Warnings);
    }

    /// <summary>Warns twice about a token with a lifetime in minutes, on a server whose clock is ahead.</summary>
    private async Task WarnAsync(
        int minutesAhead, int lifetime, Func<(SecureString? Token, string? Fault)>? readToken = null)
    {
        var sandbox = new SandboxHandler(new SandboxOptions
        {
            TimeProvider = _time,
            ClockSkew = TimeSpan.FromMinutes(minutesAhead),
            AccessTokenLifetime = TimeSpan.FromMinutes(lifetime),
        });
        var plan = new ConnectionPlan
        {
            BaseUri = sandbox.BaseAddress,
            Environment = "Sandbox",
            Handler = sandbox,
            AccessToken = SecretText.Wrap(sandbox.IssueAccessToken()),
            ReadToken = readToken,
            TimeProvider = _time,
        };
        using CadenzaConnection connection = await CadenzaConnection.OpenAsync(plan, skipCheck: false).Bounded();
        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");
        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");
    }
}
