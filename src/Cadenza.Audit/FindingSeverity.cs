using System;
using System.Collections.Generic;

namespace Cadenza.Audit;

/// <summary>
/// The severities of findings. They are words, so that they compare in the same way after a conversion to CSV, JSON or
/// CLIXML. Words have no order: use <see cref="IsAtLeast"/> instead of a comparison with <c>-ge</c>.
/// </summary>
public static class FindingSeverity
{
    /// <summary>Correct it immediately: trading is or can be interrupted.</summary>
    public const string High = nameof(High);

    /// <summary>Correct it as part of regular maintenance.</summary>
    public const string Medium = nameof(Medium);

    /// <summary>Correct it when convenient.</summary>
    public const string Low = nameof(Low);

    private static readonly string[] Ascending = [Low, Medium, High];

    /// <summary>All severities, the highest first.</summary>
    public static IReadOnlyList<string> All { get; } = [High, Medium, Low];

    /// <summary>Whether a severity is the minimum or higher. Not case-sensitive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One of the values is not a severity.</exception>
    public static bool IsAtLeast(string severity, string minimum) => RankOf(severity) >= RankOf(minimum);

    /// <summary>The position of a severity, the lowest first.</summary>
    internal static int RankOf(string severity)
    {
        for (int rank = 0; rank < Ascending.Length; rank++)
        {
            if (Ascending[rank].Equals(severity, StringComparison.OrdinalIgnoreCase))
            {
                return rank;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(severity), severity, "The severity does not exist.");
    }
}
