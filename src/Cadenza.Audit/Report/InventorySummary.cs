using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The totals of a report.</summary>
internal sealed class InventorySummary
{
    private readonly Dictionary<string, List<CredentialFinding>> _findingsByRule = FindingRule.All.ToDictionary(
        static rule => rule, static _ => new List<CredentialFinding>(), StringComparer.Ordinal);

    private readonly Dictionary<string, int> _countsBySource = new(StringComparer.Ordinal);

    private readonly Dictionary<string, VenueSummary> _venuesByName = new(StringComparer.OrdinalIgnoreCase);

    public InventorySummary(AuditResult result)
    {
        foreach (AuditedCredential row in result.Rows)
        {
            Add(row);
        }

        foreach (CredentialFinding finding in result.Findings)
        {
            _findingsByRule[finding.Rule].Add(finding);
        }

        Venues =
        [
            .. _venuesByName.Values
                .OrderByDescending(static venue => venue.Total)
                .ThenBy(static venue => venue.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    public int Total { get; private set; }

    public int Revoked { get; private set; }

    public int NotRevoked => Total - Revoked;

    /// <summary>The number of credentials that are not revoked, for each of the <see cref="AgeBuckets"/>.</summary>
    public int[] Ages { get; } = new int[AgeBuckets.Labels.Count];

    /// <summary>The venues, ordered by the number of credentials (highest first).</summary>
    public IReadOnlyList<VenueSummary> Venues { get; }

    /// <summary>The number of credentials that are not revoked and whose age is counted from a source.</summary>
    public int CountOf(string ageSource) => _countsBySource.TryGetValue(ageSource, out int count) ? count : 0;

    public IReadOnlyList<CredentialFinding> FindingsOf(string rule) => _findingsByRule[rule];

    private void Add(AuditedCredential row)
    {
        Total++;
        string name = row.Credential.Venue ?? "";
        if (!_venuesByName.TryGetValue(name, out VenueSummary? venue))
        {
            _venuesByName.Add(name, venue = new VenueSummary(name));
        }

        venue.Add(row.Group);
        if (row.IsRevoked)
        {
            Revoked++;
        }
        else
        {
            Ages[AgeBuckets.IndexOf(row.Age)]++;
            string source = row.Origin?.Source ?? "";
            _countsBySource[source] = CountOf(source) + 1;
        }
    }
}
