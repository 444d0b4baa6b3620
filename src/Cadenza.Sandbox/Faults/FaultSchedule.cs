using System;
using System.Linq;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>Says for each request what goes wrong with it: a pure function of the seed and the order of the requests. Guarded by the
/// handler's lock.</summary>
internal sealed class FaultSchedule
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(200);

    private readonly RuleProgress[] _rules;

    public FaultSchedule(SandboxFaults faults)
    {
        var random = new SeededRandom((ulong)faults.Seed);
        Random = new SeededRandom(random.NextUInt64());
        _rules = faults.Rules.Select(rule => new RuleProgress(rule.Copy(), new SeededRandom(random.NextUInt64()))).ToArray();
    }

    /// <summary>Where the bytes of garbage come from.</summary>
    public SeededRandom Random { get; }

    public static TimeSpan DelayOf(SandboxFaultRule rule) => rule.Delay > TimeSpan.Zero ? rule.Delay : DefaultDelay;

    /// <summary>The plan for the next request, or null when nothing goes wrong with it.</summary>
    public FaultPlan? Next(string path)
    {
        if (!path.StartsWith(Route.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var page = path.Substring(Route.Prefix.Length);
        SandboxFaultRule? winner = null;
        var before = TimeSpan.Zero;
        var after = TimeSpan.Zero;
        foreach (var progress in _rules)
        {
            // Asked even when another rule has won, so that what one rule does with its n-th request hangs on no other rule.
            if (!progress.IsDue(page) || winner is not null)
            {
                continue;
            }

            var rule = progress.Spend();
            if (rule.Kind != SandboxFaultKind.Delay)
            {
                winner = rule;
            }
            else if (rule.AfterChange)
            {
                after += DelayOf(rule);
            }
            else
            {
                before += DelayOf(rule);
            }
        }

        return winner is null && before + after == TimeSpan.Zero ? null : new FaultPlan(winner, before, after);
    }
}
