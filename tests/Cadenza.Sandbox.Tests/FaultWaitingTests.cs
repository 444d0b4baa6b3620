namespace Cadenza.Sandbox.Tests;

public sealed class FaultWaitingTests
{
    private readonly List<TimeSpan> _waits = [];
    private readonly List<int> _threads = [];

    [Theory]
    [InlineData("*:Delay:delay=3s", "3")]
    [InlineData("*:Delay", "0.2")]
    [InlineData("*:Delay:delay=3s|*:Delay:delay=4s", "7")]
    [InlineData("*:Delay:delay=3s|*:Delay:delay=4s,after", "3 4")]
    [InlineData("*:Delay:delay=3s|*:RateLimited|*:Delay:delay=4s", "3")]
    [InlineData("*:Garbage:delay=3s", "")]
    public async Task Every_delay_follows_the_time_provider(string rules, string expectedSeconds)
    {
        using HttpResponseMessage response = await Inline(rules).RevokeAsync();
        Assert.Equal(expectedSeconds, Seconds());
    }

    [Fact]
    public async Task A_drip_waits_between_two_bytes_only()
    {
        using HttpResponseMessage response = await Inline("*:Drip:delay=2s").RevokeAsync();
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(2), body.Length - 1), _waits);
    }

    [Theory]
    [InlineData("NeverAnswer")]
    [InlineData("DropMidway")]
    public async Task Silence_does_not_end_with_time(string fault)
    {
        var time = new FakeTimeProvider();
        await using var rig = Rig.InProcess(time, "*:" + fault);
        using var source = new CancellationTokenSource();
        Task read = ReadAsync(rig, source.Token);
        time.Advance(TimeSpan.FromDays(365));
        Assert.False(read.IsCompleted);
        await AssertCanceledAsync(read, source);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public async Task With_an_inline_delay_everything_runs_on_the_callers_thread(SandboxFaultKind kind)
    {
        int thread = Environment.CurrentManagedThreadId;
        using var source = new CancellationTokenSource();
        Task<HttpResponseMessage> answer = Inline("*:Delay|*:Delay:after|*:" + kind).RevokeAsync(source.Token);
        bool isSilent = FaultTable.Cases.Any(c => c.Kind == kind && c.Seen == Seen.Silence);
        Assert.Equal(isSilent, !answer.IsCompleted);
        if (answer.IsCompletedSuccessfully)
        {
            using HttpResponseMessage response = await answer;
            Task<byte[]> body = response.Content.ReadAsByteArrayAsync(source.Token);
            Assert.Equal(kind == SandboxFaultKind.DropMidway, !body.IsCompleted);
        }

        bool isLost = FaultTable.Cases.Any(c => c.Kind == kind && c.Seen == Seen.Nothing);
        Assert.Equal(isLost, answer.IsFaulted);
        await source.CancelAsync();
        Assert.All(_threads, id => Assert.Equal(thread, id));
        Assert.True(_threads.Count >= 2);
    }

    [Fact]
    public async Task A_client_that_goes_while_its_request_is_delayed_changes_nothing()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:Delay:delay=1min");
        using var source = new CancellationTokenSource();
        Task<HttpResponseMessage> revoke = rig.RevokeAsync(source.Token);
        await AssertCanceledAsync(revoke, source);
        Assert.False(rig.TargetNow.IsRevoked);
        SandboxRequest logged = rig.LastRequest;
        Assert.Equal((0, false, SandboxFaultKind.Delay), (logged.Status, logged.TookEffect, logged.Fault!.Value));
    }

    [Fact]
    public async Task A_request_delayed_after_the_change_has_changed_already()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:Delay:delay=1min,after");
        using var source = new CancellationTokenSource();
        Task<HttpResponseMessage> revoke = rig.RevokeAsync(source.Token);
        Assert.True(rig.TargetNow.IsRevoked);
        await AssertCanceledAsync(revoke, source);
    }

    [Theory]
    [InlineData(Transport.InProcess, "NeverAnswer")]
    [InlineData(Transport.InProcess, "Drip:delay=1min")]
    [InlineData(Transport.InProcess, "DropMidway")]
    [InlineData(Transport.Socket, "NeverAnswer")]
    [InlineData(Transport.Socket, "Drip:delay=1min")]
    [InlineData(Transport.Socket, "DropMidway")]
    public async Task Cancelling_ends_a_wait_at_once(Transport transport, string fault)
    {
        await using Rig rig = await Rig.StartAsync(transport, "*:" + fault);
        using var source = new CancellationTokenSource();
        Task read = ReadAsync(rig, source.Token);
        await Task.Delay(100);
        Assert.False(read.IsCompleted);
        await AssertCanceledAsync(read, source);
    }

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData(Transport.InProcess)]
    [InlineData(Transport.Socket)]
    public async Task A_dripping_byte_arrives_before_the_next_is_due(Transport transport)
    {
        await using Rig rig = await Rig.StartAsync(transport, "*:Drip:delay=1min");
        using HttpResponseMessage response = await rig.RevokeAsync();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        Assert.Equal(1, await body.ReadAsync(new byte[100]).AsTask().WaitAsync(Rig.Patience));
    }

    [Theory]
    [InlineData("Drip:delay=1min")]
    [InlineData("DropMidway")]
    public async Task Closing_the_answer_ends_a_wait_at_once(string fault)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:" + fault);
        HttpResponseMessage response = await rig.RevokeAsync();
        Stream body = await response.Content.ReadAsStreamAsync();
        Task read = body.CopyToAsync(Stream.Null);
        Assert.False(read.IsCompleted);
        response.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read.WaitAsync(Rig.Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => body.ReadAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task A_truncated_answer_fails_a_client_that_buffers_it()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:TruncatedBody");
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(
            () => rig.Client.GetAsync(new Uri("api/v3/health", UriKind.Relative)));
        Assert.IsAssignableFrom<IOException>(failure.InnerException);
    }

    public static TheoryData<SandboxFaultKind> AllKinds => new(Enum.GetValues<SandboxFaultKind>());

    private static async Task ReadAsync(Rig rig, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await rig.RevokeAsync(cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task AssertCanceledAsync(Task task, CancellationTokenSource source)
    {
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Rig.Patience));
    }

    private string Seconds() =>
        string.Join(' ', _waits.Select(static w => FormattableString.Invariant($"{w.TotalSeconds}")));

    private Rig Inline(string rules) => Rig.InProcess(new SandboxOptions
    {
        Faults = Rig.Faults(rules.Split('|')),
        TimeProvider = new InlineTimeProvider(time =>
        {
            _threads.Add(Environment.CurrentManagedThreadId);
            _waits.Add(time);
        }),
    });
}
