using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;

namespace Cadenza.Client.Tests.Support;

/// <summary>A clock that stands still until it is moved; waiting moves it. Attempts are timed by the real one.</summary>
internal sealed class TestClock : Clock
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _elapsed;

    public override DateTimeOffset UtcNow => Start.AddTicks(Interlocked.Read(ref _elapsed));

    public void Advance(TimeSpan time) => Interlocked.Add(ref _elapsed, time.Ticks);

    public override async Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
        Advance(delay);
    }
}
