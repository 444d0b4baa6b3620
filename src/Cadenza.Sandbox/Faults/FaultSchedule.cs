using System;
using System.Linq;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>Decides for each request what goes wrong with it: a pure function of the seed and the order of the
/// requests. Guarded by the handler's lock.</summary>
internal sealed class FaultSchedule
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMilliseconds(200);

    private readonly SeededRandom _random;
    private readonly RuleProgress[] _rules;

    public FaultSchedule(SandboxFaults faults)
    {
        var random = new SeededRandom((ulong)faults.Seed);
        _random = new SeededRandom(random.NextUInt64());
        _rules =
        [
            .. faults.Rules.Select(rule => new RuleProgress(rule.Copy(), new SeededRandom(random.NextUInt64()))),
        ];
    }

    public static TimeSpan DelayOf(SandboxFaultRule rule) => rule.Delay > TimeSpan.Zero ? rule.Delay : DefaultDelay;

    /// <summary>The plan for the next request, or null if nothing goes wrong with it.</summary>
    public FaultPlan? Next(string path)
    {
        if (!path.StartsWith(Route.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string page = path.Substring(Route.Prefix.Length);
        SandboxFaultRule? winner = null;
        RequestLimit? limit = null;
        TimeSpan before = TimeSpan.Zero;
        TimeSpan after = TimeSpan.Zero;
        foreach (RuleProgress progress in _rules)
        {
            // Called even if another rule has won, so that the draws of a rule do not depend on the other rules.
            if (!progress.IsDue(page) || winner is not null)
            {
                continue;
            }

            SandboxFaultRule rule = progress.Spend();
            if (progress.Limit is not null)
            {
                limit = progress.Limit;
            }
            else if (rule.Kind != SandboxFaultKind.Delay)
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

        return winner is null && limit is null && before + after == TimeSpan.Zero
            ? null
            : new FaultPlan(winner, limit, before, after, _random);
    }
}
