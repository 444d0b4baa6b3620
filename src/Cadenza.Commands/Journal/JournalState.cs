using System;
using System.Collections.Generic;

namespace Cadenza.Commands.Journal;

/// <summary>What the lines of a journal come to, by key. Lines of one's own run are not counted in.</summary>
internal sealed class JournalState(string ownRun)
{
    private readonly Dictionary<string, Standing> _standings = new(StringComparer.Ordinal);

    /// <summary>When the last change was made that is in here; null where there is none.</summary>
    public DateTimeOffset? LastApplied { get; private set; }

    /// <summary>Takes lines in, in their order.</summary>
    public void Take(IEnumerable<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries)
        {
            if (entry.RunId == ownRun)
            {
                continue;
            }

            Standing standing = _standings.TryGetValue(entry.Key, out Standing known) ? known : default;
            _standings[entry.Key] = entry.Event switch
            {
                JournalEvent.Applied => new Standing(standing.Applied + 1, Open: null),
                JournalEvent.Intent => standing with { Open = entry },

                // What the intent knew is still needed, to look for what it may have done.
                JournalEvent.Unknown => standing with { Open = entry with { Since = entry.Since ?? standing.Open?.Since } },
                _ => standing with { Open = null },
            };
            LastApplied = entry.Event == JournalEvent.Applied ? entry.Time : LastApplied;
        }
    }

    /// <summary>How things stand with a key.</summary>
    public Standing Of(string key) => _standings.TryGetValue(key, out Standing standing) ? standing : default;

    /// <summary>How things stand with one change.</summary>
    /// <param name="Applied">How many times it was made.</param>
    /// <param name="Open">The line that leaves open whether it was made once more; null where there is none.</param>
    internal readonly record struct Standing(int Applied, JournalEntry? Open);
}
