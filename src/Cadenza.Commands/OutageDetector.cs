using Cadenza.Client.Errors;

namespace Cadenza.Commands;

/// <summary>
/// Notices that a server cannot be reached: several items in a row failed to connect, each in all its attempts.
/// </summary>
internal sealed class OutageDetector
{
    /// <summary>The number of items in a row after which the command ends.</summary>
    public const int Limit = 3;

    private int _failures;

    /// <summary>Whether the command should end.</summary>
    public bool IsServerDown => _failures >= Limit;

    /// <summary>Records the outcome of an item.</summary>
    /// <param name="failure">The failure, or null if the item succeeded.</param>
    public void Observe(CadenzaException? failure) =>
        _failures = failure is { Kind: CadenzaErrorKind.ConnectionFailed, Outcome: RequestOutcome.NotSent }
            ? _failures + 1
            : 0;
}
