using System.Threading.Tasks;

namespace Cadenza.Commands.Journal;

/// <summary>A line that waits to be written to a journal.</summary>
internal sealed class PendingLine(JournalEntry entry, JournaledChange? decidedFor)
{
    public JournalEntry Entry { get; } = entry;

    /// <summary>The decision that must still be valid for the line to be written; null if there is none.</summary>
    public JournaledChange? DecidedFor { get; } = decidedFor;

    public bool IsIntent => Entry.Event == JournalEvent.Intent;

    /// <summary>Whether the line is the outcome of an intent of this run.</summary>
    public bool IsEnd => !IsIntent && DecidedFor is null;

    /// <summary>Whether the line was chosen to be written.</summary>
    public bool IsSelected { get; set; }

    /// <summary>Whether the writer of the line was cancelled before that.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>Completes when the line is on the disk; false if it was not written.</summary>
    public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
