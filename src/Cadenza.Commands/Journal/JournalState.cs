using System;
using System.Collections.Generic;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Journal;

/// <summary>The state of each change in a journal, by key. Ignores the lines of its own run.</summary>
internal sealed class JournalState(string ownRun)
{
    private readonly Dictionary<string, Summary> _summaries = new(StringComparer.Ordinal);

    /// <summary>When the last change was made; null if there is none.</summary>
    public DateTimeOffset? LastApplied { get; private set; }

    /// <summary>Adds lines in the order of the file.</summary>
    public void Add(IEnumerable<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries)
        {
            if (entry.RunId == ownRun)
            {
                continue;
            }

            Summary summary = Get(entry.Key);
            _summaries[entry.Key] = entry.Event switch
            {
                JournalEvent.Applied => new Summary(IsApplied: true, entry.Verified, Unresolved: null),

                // Keys that the exchange does not accept are replaced: the change starts again.
                JournalEvent.Intent when summary.IsRejectedByExchange => new Summary(false, null, entry),
                JournalEvent.Intent or JournalEvent.Unknown or JournalEvent.Accepted =>
                    summary with { Unresolved = WithEarliestTime(entry, summary.Unresolved) },
                _ => summary with { Unresolved = null },
            };
            LastApplied = entry.Event == JournalEvent.Applied ? entry.Time : LastApplied;
        }
    }

    /// <summary>Returns the state of the change with this key.</summary>
    public Summary Get(string key) => _summaries.TryGetValue(key, out Summary summary) ? summary : default;

    /// <summary>
    /// The line with the earliest time at which the change may have created a credential. The time of the first intent
    /// remains: a credential that the server creates late is older than the intent of a run that did not find it.
    /// </summary>
    private static JournalEntry WithEarliestTime(JournalEntry entry, JournalEntry? earlier) =>
        earlier?.Since is DateTimeOffset since && !(entry.Since <= since) ? entry with { Since = since } : entry;

    /// <summary>The state of one change.</summary>
    /// <param name="IsApplied">Whether the change was made.</param>
    /// <param name="Verified">Whether the exchange accepts the keys that were set: a word, or null.</param>
    /// <param name="Unresolved">
    /// The line after which it is unknown whether the change was made again; null if there is none.
    /// </param>
    internal readonly record struct Summary(bool IsApplied, string? Verified, JournalEntry? Unresolved)
    {
        /// <summary>Whether the change was made with keys that the exchange does not accept.</summary>
        public bool IsRejectedByExchange => IsApplied && Verified == ResultVerification.NotVerified;

        /// <summary>Whether nothing is left to do.</summary>
        /// <param name="isVerified">Whether the exchange must have accepted the keys.</param>
        public bool IsDone(bool isVerified) => IsApplied && !IsRejectedByExchange
            && (!isVerified || Verified == ResultVerification.Verified);
    }
}
