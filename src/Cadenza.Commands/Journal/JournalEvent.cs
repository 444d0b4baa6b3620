using System.Collections.Generic;

namespace Cadenza.Commands.Journal;

/// <summary>
/// What a line of a journal records about a change. The values are words, so that they compare in the same way after a
/// conversion to CSV, JSON or CLIXML.
/// </summary>
public static class JournalEvent
{
    /// <summary>
    /// The change is about to be sent. If no later line follows, the change may or may not have been made.
    /// </summary>
    public const string Intent = nameof(Intent);

    /// <summary>The change was made.</summary>
    public const string Applied = nameof(Applied);

    /// <summary>The server rejected the change. Nothing was changed.</summary>
    public const string Rejected = nameof(Rejected);

    /// <summary>The change was not sent. Nothing was changed.</summary>
    public const string NotSent = nameof(NotSent);

    /// <summary>The change may or may not have been made.</summary>
    public const string Unknown = nameof(Unknown);

    /// <summary>The server accepted the change and carries it out later. It may or may not have been made.</summary>
    public const string Accepted = nameof(Accepted);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Intent, Applied, Rejected, NotSent, Unknown, Accepted];
}
