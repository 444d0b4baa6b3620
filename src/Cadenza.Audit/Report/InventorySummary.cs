using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>The numbers of a report.</summary>
internal sealed class InventorySummary
{
    /// <summary>Where a bar of the ages ends, in days; the last ends nowhere.</summary>
    public static readonly IReadOnlyList<int> AgeEdges = [30, 90, 180, 365];

    private readonly Dictionary<string, List<CredentialFinding>> _byRule = FindingRule.All.ToDictionary(
        static rule => rule, static _ => new List<CredentialFinding>(), StringComparer.Ordinal);

    private readonly Dictionary<string, VenueCount> _byVenue = new(StringComparer.OrdinalIgnoreCase);

    public InventorySummary(AuditResult result)
    {
        foreach (AuditedCredential row in result.Rows)
        {
            Add(row);
        }

        foreach (CredentialFinding finding in result.Findings)
        {
            _byRule[finding.Rule].Add(finding);
        }

        Venues = [.. _byVenue.Values.OrderByDescending(static venue => venue.Total).ThenBy(static venue => venue.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public int Total { get; private set; }

    public int Live { get; private set; }

    public int Revoked => Total - Live;

    /// <summary>How many live credentials are in each class of age; the last class is of those whose age is not known.</summary>
    public int[] Ages { get; } = new int[AgeEdges.Count + 2];

    /// <summary>The venues, the largest first.</summary>
    public IReadOnlyList<VenueCount> Venues { get; }

    public IReadOnlyList<CredentialFinding> FindingsOf(string rule) => _byRule[rule];

    private void Add(AuditedCredential row)
    {
        Total++;
        string venue = row.Credential.Venue ?? "";
        if (!_byVenue.TryGetValue(venue, out VenueCount? count))
        {
            _byVenue.Add(venue, count = new VenueCount(venue));
        }

        count.Add(row.Group);
        if (row.IsLive)
        {
            Live++;
            Ages[AgeClass(row.Age)]++;
        }
    }

    private int AgeClass(TimeSpan? age)
    {
        if (age is not TimeSpan known)
        {
            return Ages.Length - 1;
        }

        int number = 0;
        while (number < AgeEdges.Count && known.TotalDays >= AgeEdges[number])
        {
            number++;
        }

        return number;
    }
}

/// <summary>The credentials of one venue, by what their statuses come down to.</summary>
internal sealed class VenueCount(string name)
{
    private readonly int[] _counts = new int[VenueSection.Groups.Count];

    public string Name { get; } = name;

    public int Total { get; private set; }

    public int this[CredentialStatusGroup group] => _counts[(int)group];

    public void Add(CredentialStatusGroup group, int count = 1)
    {
        _counts[(int)group] += count;
        Total += count;
    }
}
