using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.Faults;

/// <summary>A rule and how often it was applied. It draws once for each matching request, so that another limit or
/// another rule beside it does not change its later draws.</summary>
internal sealed class RuleProgress(SandboxFaultRule rule, SeededRandom random)
{
    private long _seen;
    private int _spent;

    /// <summary>The requests of the period; null for other kinds.</summary>
    public RequestLimit? Limit { get; } = rule.Kind == SandboxFaultKind.RequestLimit ? new RequestLimit(rule) : null;

    public bool IsDue(string page)
    {
        if (!EndpointPattern.Matches(rule.Endpoint, page))
        {
            return false;
        }

        _seen++;
        double draw = random.NextDouble();
        return _seen > rule.Skip && draw < rule.Probability && (rule.Times is not { } times || _spent < times);
    }

    /// <summary>Counts one injection.</summary>
    public SandboxFaultRule Spend()
    {
        _spent++;
        return rule;
    }
}
