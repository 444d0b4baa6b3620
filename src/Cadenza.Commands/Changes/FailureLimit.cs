using System;

namespace Cadenza.Commands.Changes;

/// <summary>
/// The number of items that may fail before nothing more is sent. With a limit, changes are sent in waves of 1, 2, 4
/// and so on, until the throttle limit is reached, so that a fault of the whole input changes few credentials.
/// </summary>
/// <param name="maximum">The number of items that may fail; null for any number.</param>
/// <param name="throttleLimit">The maximum number of changes in flight.</param>
internal sealed class FailureLimit(int? maximum, int throttleLimit)
{
    private int _failures;
    private int _wave = 1;
    private int _leftInWave = 1;

    /// <summary>The number of items that may fail.</summary>
    public int Maximum => maximum ?? int.MaxValue;

    /// <summary>Whether the outcomes of a wave must be known before the next change is sent.</summary>
    public bool IsWaveComplete => maximum is not null && _leftInWave == 0 && _wave < throttleLimit;

    /// <summary>Begins the next wave, which has twice as many changes.</summary>
    public void StartNextWave()
    {
        _wave = Math.Min(2 * _wave, throttleLimit);
        _leftInWave = _wave;
    }

    /// <summary>Counts a change that is sent.</summary>
    public void CountStart() => _leftInWave--;

    /// <summary>Counts a failure. Returns true for the first one that is not allowed.</summary>
    public bool CountFailure() => maximum is int allowed && ++_failures == allowed + 1;
}
