using System;

namespace Cadenza.Audit;

/// <summary>The settings of an audit.</summary>
internal sealed class AuditOptions
{
    /// <summary>The default value of <see cref="StaleAfterDays"/>.</summary>
    public const int DefaultStaleAfterDays = 90;

    /// <summary>The commands that correct findings.</summary>
    public required IFixCommands FixCommands { get; init; }

    /// <summary>
    /// The time that ages are relative to. The default is the time at which the options were created.
    /// </summary>
    public DateTimeOffset Now { get; init; } = TimeProvider.System.GetUtcNow();

    /// <summary>
    /// The number of days without a change after which a credential is stale. The minimum is 1. The default is 90.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int StaleAfterDays
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The number of days must be at least 1.");
    }
    = DefaultStaleAfterDays;
}
