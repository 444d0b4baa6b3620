using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>The ranges of the age histogram, in days. The last bucket is for credentials with an unknown age.</summary>
internal static class AgeBuckets
{
    /// <summary>The exclusive upper bounds of the buckets. The bucket after the last bound has none.</summary>
    private static readonly int[] Bounds = [30, 90, 180, 365];

    public static IReadOnlyList<string> Labels { get; } =
    [
        .. Bounds.Select(static (bound, i) => $"{Format(i == 0 ? 0 : Bounds[i - 1])}–{Format(bound - 1)}"),
        Format(Bounds[Bounds.Length - 1]) + "+",
        "unknown",
    ];

    public static int IndexOf(TimeSpan? age)
    {
        if (age is not TimeSpan known)
        {
            return Labels.Count - 1;
        }

        int index = Array.FindIndex(Bounds, bound => known.TotalDays < bound);
        return index >= 0 ? index : Bounds.Length;
    }

    /// <summary>
    /// The position of a number of days on an axis on which each bucket has the width 1. The bucket without an upper
    /// bound represents one year.
    /// </summary>
    public static double PositionOf(int days)
    {
        int start = 0;
        for (int i = 0; i < Bounds.Length; i++)
        {
            if (days <= Bounds[i])
            {
                return i + (double)(days - start) / (Bounds[i] - start);
            }

            start = Bounds[i];
        }

        return Bounds.Length + Math.Min(1, (days - start) / 365.0);
    }

    private static string Format(int days) => days.ToString(CultureInfo.InvariantCulture);
}
