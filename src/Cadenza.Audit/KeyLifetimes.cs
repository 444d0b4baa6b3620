using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Audit;

/// <summary>How many days keys may be used, by venue.</summary>
internal sealed class KeyLifetimes
{
    /// <summary>The name that stands for every venue without a lifetime of its own.</summary>
    public const string AnyVenue = "*";

    private readonly Dictionary<string, int> _days = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates lifetimes from venues, or <see cref="AnyVenue"/>, and days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is less than 1.</exception>
    public KeyLifetimes(IEnumerable<KeyValuePair<string, int>> days)
    {
        foreach (KeyValuePair<string, int> venue in days)
        {
            _days[venue.Key] = venue.Value >= 1
                ? venue.Value
                : throw new ArgumentOutOfRangeException(
                    nameof(days), venue.Value, "The number of days must be at least 1.");
        }
    }

    /// <summary>The venues in alphabetical order, <see cref="AnyVenue"/> last, each with its days.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> All =>
    [
        .. _days
            .OrderBy(static venue => venue.Key == AnyVenue)
            .ThenBy(static venue => venue.Key, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The lifetime of all venues; null if it is not the same for all.</summary>
    public int? Uniform => _days.Count == 1 && _days.TryGetValue(AnyVenue, out int days) ? days : null;

    /// <summary>Whether every venue has a lifetime.</summary>
    public bool CoversAll => _days.ContainsKey(AnyVenue);

    /// <summary>The lifetime of a venue in days; null if it has none.</summary>
    public int? DaysFor(string? venue) =>
        _days.TryGetValue(venue ?? "", out int days) || _days.TryGetValue(AnyVenue, out days) ? days : null;
}
