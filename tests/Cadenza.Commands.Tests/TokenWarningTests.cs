using System.Security;

namespace Cadenza.Commands.Tests;

/// <summary>The warning about a token that expires soon, also if the clocks differ.</summary>
public sealed class TokenWarningTests
{
    private readonly FakeTimeProvider _time = TestClients.CreateTime();
    private readonly RecordingRuntime _runtime = new();

    [Theory]
    [InlineData(-70)]
    [InlineData(0)]
    [InlineData(70)]
    public async Task The_warning_counts_the_minutes_by_the_clock_of_the_server(int minutesAhead)
    {
        using CadenzaConnection connection = await ConnectAsync(minutesAhead, TimeSpan.FromMinutes(5));

        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");
        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");

        string warning = Assert.Single(_runtime.Warnings);
        Assert.Equal(
            "The access token expires in 5 minutes (2026-03-01 12:05Z) and cannot be renewed. Advice.", warning);
    }

    [Theory]
    [InlineData(-70)]
    [InlineData(0)]
    [InlineData(70)]
    public async Task There_is_no_warning_about_a_token_that_is_valid_for_longer(int minutesAhead)
    {
        using CadenzaConnection connection = await ConnectAsync(minutesAhead, TimeSpan.FromMinutes(20));

        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");

        Assert.Empty(_runtime.Warnings);
    }

    [Fact]
    public async Task There_is_no_warning_about_a_token_that_a_script_block_replaces()
    {
        using CadenzaConnection connection = await ConnectAsync(0, TimeSpan.FromMinutes(5), static () => (null, null));

        ConnectionRunner.WarnIfTokenEnds(connection, _runtime, "Advice.");

        Assert.Empty(_runtime.Warnings);
    }

    private Task<CadenzaConnection> ConnectAsync(
        int minutesAhead, TimeSpan lifetime, Func<(SecureString? Token, string? Fault)>? readToken = null)
    {
        var sandbox = new SandboxHandler(new SandboxOptions
        {
            TimeProvider = _time,
            ClockSkew = TimeSpan.FromMinutes(minutesAhead),
            AccessTokenLifetime = lifetime,
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
        return CadenzaConnection.OpenAsync(plan, skipCheck: false).Bounded();
    }
}
