using System;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// Shows the progress of a command that takes longer than a second: the number of items, the rate and, if the total is
/// known, the remaining time.
/// </summary>
internal sealed class ProgressMeter(Cmdlet cmdlet, string activity)
{
    private const int ActivityId = 220_718;
    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private TimeSpan _next = InitialDelay;
    private bool _isShown;
    private long _done;

    /// <summary>The total number of items; null if it is not known.</summary>
    public long? Total { get; set; }

    /// <summary>The text to show instead of the number of items; null for the number.</summary>
    public string? Text { get; set; }

    /// <summary>Counts an item whose object or error was written.</summary>
    public void Count()
    {
        _done++;
        ShowIfDue();
    }

    /// <summary>Updates the progress bar if the last update was long enough ago.</summary>
    [MethodImpl(HotPath.Optimized)]
    public void ShowIfDue()
    {
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_began);
        if (elapsed >= _next)
        {
            Show(elapsed);
        }
    }

    private void Show(TimeSpan elapsed)
    {
        _next = elapsed + Interval;
        _isShown = true;
        double rate = _done / elapsed.TotalSeconds;
        var record = new ProgressRecord(ActivityId, activity, Text ?? Describe(elapsed, rate));
        if (Total is long total and > 0 && _done > 0)
        {
            record.PercentComplete = (int)Math.Min(100, 100 * _done / total);
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Max(0, total - _done) / rate);
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>Removes the progress bar.</summary>
    public void Finish()
    {
        if (_isShown)
        {
            _isShown = false;
            var record = new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed };
            cmdlet.WriteProgress(record);
        }
    }

    private string Describe(TimeSpan elapsed, double rate)
    {
        string of = Total is long total ? FormattableString.Invariant($" of {total}") : "";
        return _done == 0
            ? FormattableString.Invariant($"Waiting for the server, {elapsed.TotalSeconds:0} s")
            : FormattableString.Invariant($"{_done}{of}, {rate:0.#} per second");
    }
}
