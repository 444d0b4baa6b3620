using System.Globalization;
using System.Net;

namespace Cadenza.Sandbox.Tests;

public sealed class NoFaultTests
{
    private const string NoDelay = "a sandbox without a fault must not wait";

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task Rules_that_do_not_fire_leave_every_answer_as_it_is(SandboxDialect dialect)
    {
        IReadOnlyList<string> plain = await AnswersAsync(Transport.InProcess, dialect, faults: null);
        Assert.Equal(plain, await AnswersAsync(Transport.InProcess, dialect, new SandboxFaults()));
        SandboxFaults idle = Rig.Faults("*:ResetAfter:times=0", "*:Drip:probability=0");
        Assert.Equal(plain, await AnswersAsync(Transport.InProcess, dialect, idle));
        Assert.Equal(plain, await AnswersAsync(Transport.Socket, dialect, faults: null));
    }

    [Fact]
    public async Task The_log_tells_which_requests_took_effect()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, new SandboxOptions());
        IReadOnlyList<string> changes = await SendAllAsync(rig);
        Assert.Equal(changes.Count, rig.Sandbox.Requests.Count);
        Assert.Equal(
            ["credential/create", "credential/rotate", "credential/revoke", "auth/login"],
            rig.Sandbox.Requests.Where(static r => r.TookEffect).Select(static r => r.Path["/api/v3/".Length..]));
        Assert.All(rig.Sandbox.Requests, static r => Assert.Null(r.Fault));
    }

    [Fact]
    public async Task A_change_names_its_request()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, new SandboxOptions());
        Assert.Null(rig.Target.LastRequestId);
        using HttpResponseMessage rotate = await rig.PostAsync("credential/rotate", Rig.NewKeys(rig.Target));
        Assert.Equal(rig.LastRequest.RequestId, rig.TargetNow.LastRequestId);
        Assert.Null(rig.TargetNow.RevokedByRequestId);
        using HttpResponseMessage revoke = await rig.RevokeAsync();
        using HttpResponseMessage again = await rig.RevokeAsync();
        Assert.Equal("req-000002", rig.TargetNow.RevokedByRequestId);
        Assert.Equal("req-000002", rig.TargetNow.LastRequestId);
    }

    [Fact]
    public async Task A_lost_refresh_has_used_up_the_token()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "auth/token/refresh:ResetAfter:times=1");
        using HttpResponseMessage login = await rig.LoginAsync();
        using var session = JsonDocument.Parse(await login.Content.ReadAsStringAsync());
        string? refreshToken = session.RootElement.GetProperty("data").GetProperty("refreshToken").GetString();
        await Assert.ThrowsAsync<HttpRequestException>(() => rig.PostAsync("auth/token/refresh", new { refreshToken }));
        Assert.True(rig.LastRequest.TookEffect);
        using HttpResponseMessage again = await rig.PostAsync("auth/token/refresh", new { refreshToken });
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.False(rig.LastRequest.TookEffect);
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(
        Transport transport, SandboxDialect dialect, SandboxFaults? faults)
    {
        var options = new SandboxOptions
        {
            Dialect = dialect,
            Faults = faults,
            TimeProvider = new InlineTimeProvider(static _ => throw new InvalidOperationException(NoDelay)),
        };
        await using Rig rig = await Rig.StartAsync(transport, options);
        return await SendAllAsync(rig);
    }

    private static async Task<IReadOnlyList<string>> SendAllAsync(Rig rig)
    {
        object create = Rig.NewCredential("New");
        return
        [
            await ShowAsync(rig.ListAsync()),
            await ShowAsync(rig.PostAsync("credential/create", create)),
            await ShowAsync(rig.PostAsync("credential/create", create)),
            await ShowAsync(rig.PostAsync("credential/rotate", Rig.NewKeys(rig.Target))),
            await ShowAsync(rig.PostAsync("credential/verify", new { credentialId = rig.Target.CredentialId })),
            await ShowAsync(rig.RevokeAsync()),
            await ShowAsync(rig.RevokeAsync()),
            await ShowAsync(rig.PostAsync("credential/list", new { })),
            await ShowAsync(rig.PostAsync("nowhere", new { })),
            await ShowAsync(rig.LoginAsync()),
        ];
    }

    private static async Task<string> ShowAsync(Task<HttpResponseMessage> answer)
    {
        using HttpResponseMessage response = await answer;
        string requestId = response.Headers.GetValues("X-Request-Id").Single();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {requestId} ")
            + await response.Content.ReadAsStringAsync();
    }
}
