using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The lifetimes of keys as text.</summary>
internal static class LifetimeText
{
    /// <summary>Such as <c>90 days</c> or <c>BINANCE 90 days, others 180 days</c>.</summary>
    public static string Format(KeyLifetimes? lifetimes)
    {
        if (lifetimes is null)
        {
            return "no lifetime is set";
        }

        return lifetimes.Uniform is int days ? Quantity.Format(days, "day") : string.Join(
            ", ",
            lifetimes.All.Select(static venue =>
                $"{(venue.Key == KeyLifetimes.AnyVenue ? "others" : venue.Key)} {Quantity.Format(venue.Value, "day")}"));
    }
}
