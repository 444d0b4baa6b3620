namespace Cadenza.Sandbox.Tests;

public sealed class FaultScheduleTests
{
    private const string None = "-";

    [Theory]
    [InlineData("429 429 429 429", "*:RateLimited")]
    [InlineData("429 429 200 200", "*:RateLimited:times=2")]
    [InlineData("200 200 200 200", "*:RateLimited:times=0")]
    [InlineData("200 200 429 429", "*:RateLimited:skip=2")]
    [InlineData("200 429 200 200", "*:RateLimited:skip=1,times=1")]
    [InlineData("200 200 200 200", "*:RateLimited:probability=0")]
    [InlineData("429 502 200 200", "*:RateLimited:times=1", "*:BadGatewayEmpty:times=1")]
    [InlineData("429 429 502 502", "*:RateLimited:times=2", "*:BadGatewayEmpty:skip=1")]
    [InlineData("200 200 200 200", "credential/revoke:RateLimited")]
    [InlineData("429 429 429 429", "credential/*:RateLimited")]
    [InlineData("429 429 429 429", "credential/list:RateLimited")]
    [InlineData("200 200 200 200", "auth/*:RateLimited")]
    public async Task Rules_fire_when_they_say(string expected, params string[] rules)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, rules);
        Assert.Equal(expected, string.Join(' ', await StatusesAsync(rig, 4)));
    }

    [Fact]
    public async Task A_page_outside_the_api_is_never_spoiled()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:ResetBefore");
        using HttpResponseMessage response = await rig.Client.GetAsync(new Uri("elsewhere", UriKind.Relative));
        Assert.Null(rig.LastRequest.Fault);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_faults()
    {
        const string Rule = "*:RateLimited:probability=0.5";
        Assert.Equal(await RunAsync(7, Rule), await RunAsync(7, Rule));
        Assert.NotEqual(await RunAsync(7, Rule), await RunAsync(8, Rule));
    }

    [Fact]
    public async Task A_probability_is_met_in_the_long_run()
    {
        IReadOnlyList<string> faults = await RunAsync(1, "*:RateLimited:probability=0.3");
        Assert.InRange(faults.Count(static f => f != None), 240, 360);
    }

    [Fact]
    public async Task A_rule_beside_it_does_not_move_a_rules_draws()
    {
        IReadOnlyList<string> alone = await RunAsync(3, "*:RateLimited:probability=0.4");
        IReadOnlyList<string> together = await RunAsync(
            3, "*:RateLimited:probability=0.4", "*:BadGatewayEmpty:probability=0.5");
        Assert.Equal(alone, together.Select(static f => f == nameof(SandboxFaultKind.RateLimited) ? f : None));
        Assert.Contains(nameof(SandboxFaultKind.BadGatewayEmpty), together);
    }

    [Fact]
    public async Task Garbage_is_the_same_for_the_same_seed()
    {
        await using Rig first = await Rig.StartAsync(Transport.InProcess, "*:Garbage");
        await using Rig second = await Rig.StartAsync(Transport.InProcess, "*:Garbage");
        using HttpResponseMessage one = await first.ListAsync();
        using HttpResponseMessage other = await second.ListAsync();
        Assert.Equal(await one.Content.ReadAsByteArrayAsync(), await other.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Later_changes_of_the_rules_have_no_effect()
    {
        var rule = new SandboxFaultRule { Kind = SandboxFaultKind.RateLimited };
        var options = new SandboxOptions { Faults = new() { Rules = [rule] } };
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, options);
        rule.Endpoint = "health";
        Assert.Equal([429], await StatusesAsync(rig, 1));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(int seed, params string[] rules)
    {
        SandboxFaults faults = Rig.Faults(rules);
        faults.Seed = seed;
        var options = new SandboxOptions { CredentialCount = 8, Faults = faults };
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, options);
        await StatusesAsync(rig, 1_000, () => rig.Client.GetAsync(new Uri("api/v3/health", UriKind.Relative)));
        return rig.Sandbox.Requests.Select(static r => r.Fault?.ToString() ?? None).ToList();
    }

    private static async Task<IReadOnlyList<int>> StatusesAsync(
        Rig rig, int count, Func<Task<HttpResponseMessage>>? send = null)
    {
        var statuses = new List<int>();
        for (int i = 0; i < count; i++)
        {
            using HttpResponseMessage response = await (send?.Invoke() ?? rig.ListAsync());
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
