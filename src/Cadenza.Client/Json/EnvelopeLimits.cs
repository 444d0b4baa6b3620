namespace Cadenza.Client.Json;

/// <summary>Limits against hostile or faulty servers.</summary>
/// <param name="MaxBodyBytes">The maximum size of a body, in bytes.</param>
/// <param name="MaxElementBytes">The maximum size of a list element or an envelope member, in bytes.</param>
/// <param name="MaxDepth">The maximum depth of the JSON.</param>
internal sealed record EnvelopeLimits(long MaxBodyBytes, int MaxElementBytes, int MaxDepth)
{
    public static readonly EnvelopeLimits Default = new(MaxBodyBytes: 1L << 30, MaxElementBytes: 1 << 20, MaxDepth: 64);
}
