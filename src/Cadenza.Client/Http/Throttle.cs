namespace Cadenza.Client.Http;

/// <summary>Limits of the number of requests of one command: at the same time, and per minute.</summary>
internal static class Throttle
{
    /// <summary>The default number. docs/performance.md explains the value.</summary>
    public const int Default = 16;

    /// <summary>The maximum number.</summary>
    public const int Max = 256;

    /// <summary>The maximum number per minute that a command or a connection can be limited to.</summary>
    public const int MaxPerMinute = 60_000;
}
