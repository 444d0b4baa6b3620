namespace Cadenza.Commands.Journal;

/// <summary>What a line of a journal tells of a change.</summary>
public enum JournalEvent
{
    /// <summary>The change is about to be sent. Without a later line about it, it may or may not have been made.</summary>
    Intent,

    /// <summary>The change was made.</summary>
    Applied,

    /// <summary>The server refused the change: nothing was changed.</summary>
    Rejected,

    /// <summary>The change never reached the server: nothing was changed.</summary>
    NotSent,

    /// <summary>The change may or may not have been made.</summary>
    Unknown,
}
