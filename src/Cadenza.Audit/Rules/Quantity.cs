using System.Globalization;

namespace Cadenza.Audit.Rules;

/// <summary>Numbers with their nouns.</summary>
internal static class Quantity
{
    /// <summary>The number and the noun in singular or plural, such as <c>1 day</c> or <c>1,200 days</c>.</summary>
    public static string Format(int count, string noun) => $"{Format(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>The number with group separators, the same in every culture.</summary>
    public static string Format(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
