using System;
using System.Diagnostics;
using System.Management.Automation;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Shows progress of work that takes longer than a second: how many are done, how fast, and the time left where the number is known. Costs
/// a look at the clock for each object.
/// </summary>
internal sealed class ProgressMeter(Cmdlet cmdlet, string activity)
{
    private const int ActivityId = 220_718;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Quiet;
    private bool _isShown;
    private long _done;

    /// <summary>How many there are, where that is known.</summary>
    public long? Total { get; set; }

    /// <summary>One more came out, as an object or an error.</summary>
    public void Count()
    {
        _done++;
        ShowIfDue();
    }

    /// <summary>Shows the state, now and then.</summary>
    public void ShowIfDue()
    {
        TimeSpan elapsed = _watch.Elapsed;
        if (elapsed < _next)
        {
            return;
        }

        _next = elapsed + Interval;
        _isShown = true;
        double rate = _done / elapsed.TotalSeconds;
        var record = new ProgressRecord(ActivityId, activity, Describe(rate));
        if (Total is long total and > 0 && _done > 0)
        {
            record.PercentComplete = (int)Math.Min(100, 100 * _done / total);
            record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Max(0, total - _done) / rate);
        }

        cmdlet.WriteProgress(record);
    }

    /// <summary>Takes the bar away.</summary>
    public void Finish()
    {
        if (_isShown)
        {
            _isShown = false;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private string Describe(double rate)
    {
        string of = Total is long total ? FormattableString.Invariant($" of {total}") : "";
        return _done == 0
            ? FormattableString.Invariant($"Waiting for the server, {_watch.Elapsed.TotalSeconds:0} s")
            : FormattableString.Invariant($"{_done}{of}, {rate:0.#} a second");
    }
}
