namespace Cadenza.Client.Http;

/// <summary>How many requests of one command are in flight.</summary>
public static class Throttle
{
    /// <summary>The number where none is given; docs/performance.md tells why.</summary>
    public const int Default = 16;

    /// <summary>The largest number that is taken.</summary>
    public const int Max = 256;
}
