namespace Cadenza.Client.Http;

/// <summary>Limits of the number of concurrent requests of one command.</summary>
internal static class Throttle
{
    /// <summary>The default number. docs/performance.md explains the value.</summary>
    public const int Default = 16;

    /// <summary>The maximum number.</summary>
    public const int Max = 256;
}
