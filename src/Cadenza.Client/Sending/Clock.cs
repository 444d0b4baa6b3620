using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client;

/// <summary>The time and all waiting, in one place, so that tests can run on a clock of their own.</summary>
public class Clock
{
    /// <summary>The machine's clock.</summary>
    public static Clock System { get; } = new();

    /// <summary>Now, in UTC.</summary>
    public virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;

    /// <summary>Waits for the given time, or until cancelled.</summary>
    public virtual Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, cancellationToken);

    /// <summary>Has the source cancelled after the given time.</summary>
    public virtual void CancelAfter(CancellationTokenSource source, TimeSpan delay) => source.CancelAfter(delay);
}
