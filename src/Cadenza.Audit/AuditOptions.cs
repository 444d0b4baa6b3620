using System;

namespace Cadenza.Audit;

/// <summary>What an audit goes by.</summary>
public sealed class AuditOptions
{
    /// <summary>The default of <see cref="StaleAfterDays"/>.</summary>
    public const int DefaultStaleAfterDays = 90;

    /// <summary>The present, which ages are counted to. Default: when the options were created.</summary>
    public DateTimeOffset Now { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>A credential is stale that has not changed for so many days or longer. At least 1, default 90.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int StaleAfterDays
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A credential is stale after one day at the earliest.");
    }
    = DefaultStaleAfterDays;
}
