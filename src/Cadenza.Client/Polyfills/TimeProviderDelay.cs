// Cadenza.Sandbox, which references no other project, compiles this file too.
namespace System.Threading.Tasks
{
    /// <summary>Delays on the time of a <see cref="TimeProvider"/>.</summary>
    internal static class TimeProviderDelay
    {
        /// <summary>
        /// Completes after the delay, or immediately if the delay is zero or negative. An infinite delay ends when it
        /// is canceled.
        /// </summary>
        public static Task DelayAsync(
            this TimeProvider timeProvider, TimeSpan delay, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (delay <= TimeSpan.Zero && delay != Timeout.InfiniteTimeSpan)
            {
                return Task.CompletedTask;
            }

            // Timers truncate to milliseconds, so that a loop that waits for a time would not end with one delay.
            var rounded = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
#pragma warning disable RS0030 // The time is the system's.
            return timeProvider == TimeProvider.System
                ? Task.Delay(rounded, cancellationToken)
                : DelayInlineAsync(timeProvider, rounded, cancellationToken);
#pragma warning restore RS0030
        }

        /// <summary>
        /// A canceled Task.Delay continues on the thread pool. This one continues on the thread that moves the time or
        /// cancels, so that a test with one thread is deterministic.
        /// </summary>
        private static async Task DelayInlineAsync(
            TimeProvider timeProvider, TimeSpan delay, CancellationToken cancellationToken)
        {
            var source = new TaskCompletionSource<bool>();
            using CancellationTokenRegistration registration =
                cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
            using ITimer timer = timeProvider.CreateTimer(
                static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true),
                source,
                delay,
                Timeout.InfiniteTimeSpan);
            await source.Task.ConfigureAwait(false);
        }
    }
}
