using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>
/// Counts the calls in a row that could not connect in any attempt. After a few of them, the server is regarded as
/// down: calls are not retried until one of them reaches it.
/// </summary>
internal sealed class ConnectFailureCounter
{
    /// <summary>The number of calls after which calls are not retried.</summary>
    public const int Limit = 3;

    private int _calls;

    /// <summary>Whether the server is regarded as down.</summary>
    public bool IsServerDown => Volatile.Read(ref _calls) >= Limit;

    /// <summary>Records a call that could not connect in any attempt.</summary>
    public void AddFailure() => Interlocked.Increment(ref _calls);

    /// <summary>Records that the server was reached.</summary>
    public void Reset() => Interlocked.Exchange(ref _calls, 0);
}
