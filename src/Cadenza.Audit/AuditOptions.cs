using System;
using System.Collections.Generic;

namespace Cadenza.Audit;

/// <summary>The settings of an audit.</summary>
internal sealed class AuditOptions
{
    /// <summary>The default value of <see cref="StaleAfterDays"/>.</summary>
    public const int DefaultStaleAfterDays = 90;

    /// <summary>The default value of <see cref="LifetimeWarningDays"/>.</summary>
    public const int DefaultLifetimeWarningDays = 14;

    /// <summary>The number of days after its creation from which a credential that still waits is a finding.</summary>
    public const int WaitingAfterDays = 1;

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

    /// <summary>
    /// The lifetimes of keys. A credential that has one is not stale, because its lifetime says when a rotation is due.
    /// The default is none.
    /// </summary>
    public KeyLifetimes? Lifetimes { get; init; }

    /// <summary>
    /// The number of days before the end of a lifetime from which it is a finding. The default is 14.
    /// </summary>
    public int LifetimeWarningDays { get; init; } = DefaultLifetimeWarningDays;

    /// <summary>The times of the last rotations by credential id; null if they are not known.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Rotations { get; init; }

    /// <summary>The age at which a rotation is due, in days; null if it depends on the venue.</summary>
    public int? RotationDueDays => Lifetimes is null ? StaleAfterDays : Lifetimes.Uniform;
}
