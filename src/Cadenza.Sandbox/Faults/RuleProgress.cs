using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>A rule and how far it has come. It draws once for each matching request, whatever comes of it: with another limit
/// or another rule beside it, its later draws stay the same.</summary>
internal sealed class RuleProgress(SandboxFaultRule rule, SeededRandom random)
{
    private long _seen;
    private int _spent;

    public bool IsDue(string page)
    {
        if (!EndpointPattern.Matches(rule.Endpoint, page))
        {
            return false;
        }

        _seen++;
        var draw = random.NextDouble();
        return _seen > rule.Skip && draw < rule.Probability && (rule.Times is not { } times || _spent < times);
    }

    /// <summary>Counts one injection.</summary>
    public SandboxFaultRule Spend()
    {
        _spent++;
        return rule;
    }
}
