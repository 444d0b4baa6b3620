using System;
using System.Threading;

namespace Cadenza.Client.Sending;

/// <summary>The time that one attempt has, ended early when the caller cancels.</summary>
internal sealed class AttemptDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CadenzaClientOptions _options;

    public AttemptDeadline(CadenzaClientOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Restart();
    }

    public CancellationToken Token => _source.Token;

    public bool IsOver => _source.IsCancellationRequested;

    public void Restart() => _options.Clock.CancelAfter(_source, _options.AttemptTimeout);

    public CadenzaApiException CreateException() =>
        new(
            CadenzaErrorKind.Timeout,
            RequestOutcome.Unknown,
            FormattableString.Invariant($"No complete answer came within {_options.AttemptTimeout.TotalSeconds:0.###} s."));

    public void Dispose() => _source.Dispose();
}
