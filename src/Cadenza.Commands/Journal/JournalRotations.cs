using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;

namespace Cadenza.Commands.Journal;

/// <summary>When keys were last set, by the journals that record it.</summary>
internal static class JournalRotations
{
    /// <summary>
    /// Adds the time of the last rotation, or creation, of each credential that the entries contain.
    /// </summary>
    /// <param name="entries">The lines of a journal.</param>
    /// <param name="server">The host of the connection. A journal can contain the changes of several servers.</param>
    /// <param name="times">The times by the id of the credential.</param>
    public static void Add(
        IEnumerable<JournalEntry> entries, string server, Dictionary<string, DateTimeOffset> times)
    {
        foreach (JournalEntry entry in entries)
        {
            // A line with the answer of the exchange follows the line of the rotation, maybe days later.
            if (entry is { Event: JournalEvent.Applied, Verified: null }
                && entry.CredentialId is string id
                && (entry.Action == ChangeKind.Rotate.Verb || entry.Action == ChangeKind.Create.Verb)
                && entry.Server.Equals(server, StringComparison.OrdinalIgnoreCase)
                && (!times.TryGetValue(id, out DateTimeOffset known) || known < entry.Time))
            {
                times[id] = entry.Time;
            }
        }
    }

    /// <summary>Creates the dictionary for <see cref="Add"/>.</summary>
    public static Dictionary<string, DateTimeOffset> Create() => new(CredentialIdComparer.Instance);
}
