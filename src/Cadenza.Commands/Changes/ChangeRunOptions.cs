using System;
using Cadenza.Client.Http;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>How the changes of a command are made.</summary>
internal sealed record ChangeRunOptions
{
    /// <summary>
    /// The maximum number of changes in flight. If it is 1, the outcomes are written in the order of the items.
    /// </summary>
    public int ThrottleLimit { get; init; } = Throttle.Default;

    /// <summary>The journal of the changes; null for no journal. The runner disposes it.</summary>
    public ChangeJournal? Journal { get; init; }

    /// <summary>Whether the credentials of the input are not compared with the server.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>
    /// Whether all changes are validated before the first one is confirmed and sent. One error prevents all of them.
    /// </summary>
    public bool ValidatesFirst { get; init; }

    /// <summary>
    /// The number of items that may fail before nothing more is sent, or null for any number. With a limit, changes are
    /// sent in waves of 1, 2, 4 and so on, until the throttle limit is reached.
    /// </summary>
    public int? MaximumFailures { get; init; }

    /// <summary>The maximum number of requests per minute; null for no limit.</summary>
    public int? MaxPerMinute { get; init; }

    /// <summary>
    /// How long to wait until a change that the server accepted is complete. Zero does not wait; null waits for the
    /// rest of the timeout of the call.
    /// </summary>
    public TimeSpan? CompletionTimeout { get; init; }

    /// <summary>Whether one result is written for each item, instead of objects and errors.</summary>
    public bool AsResults { get; init; }

    /// <summary>
    /// Whether the exchange is asked after each change. Keys that it does not accept count as a failure.
    /// </summary>
    public bool Verifies { get; init; }

    /// <summary>The time in which the response to a prompt is measured: that of the system. Tests replace it.</summary>
    public TimeProvider PromptTime { get; init; } = TimeProvider.System;

    /// <summary>Whether credentials of which only the id is known are looked up, so that messages name them.</summary>
    public bool NamesAll { get; init; }
}
