namespace Cadenza.Commands.Journal;

/// <summary>What a line of a journal records about a change.</summary>
public enum JournalEvent
{
    /// <summary>
    /// The change is about to be sent. If no later line follows, the change may or may not have been made.
    /// </summary>
    Intent,

    /// <summary>The change was made.</summary>
    Applied,

    /// <summary>The server rejected the change. Nothing was changed.</summary>
    Rejected,

    /// <summary>The change was not sent. Nothing was changed.</summary>
    NotSent,

    /// <summary>The change may or may not have been made.</summary>
    Unknown,
}
