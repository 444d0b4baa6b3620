namespace Cadenza.Client.Json;

/// <summary>Bounds against a hostile or broken server.</summary>
/// <param name="MaxBodyBytes">The largest body that is read.</param>
/// <param name="MaxElementBytes">The largest single element of a list, or member of an envelope.</param>
/// <param name="MaxDepth">The deepest nesting of JSON.</param>
internal sealed record EnvelopeLimits(long MaxBodyBytes, int MaxElementBytes, int MaxDepth)
{
    public static readonly EnvelopeLimits Default = new(MaxBodyBytes: 1L << 30, MaxElementBytes: 1 << 20, MaxDepth: 64);
}
