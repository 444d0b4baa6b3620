using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>The number of credentials of a venue, by status group.</summary>
internal sealed class VenueSummary(string name)
{
    private readonly int[] _counts = new int[StatusGroupDisplay.All.Count];

    public string Name { get; } = name;

    public int Total { get; private set; }

    public int this[CredentialStatusGroup group] => _counts[(int)group];

    public void Add(CredentialStatusGroup group, int count = 1)
    {
        _counts[(int)group] += count;
        Total += count;
    }
}
