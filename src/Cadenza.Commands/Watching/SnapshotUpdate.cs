using System;
using System.Collections.Generic;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Watching;

/// <summary>A list while it is read, and how it differs from the previous one.</summary>
/// <param name="before">The previous list; null if there is none.</param>
/// <param name="server">The server.</param>
/// <param name="time">When the list is read.</param>
internal sealed class SnapshotUpdate(CredentialSnapshot? before, string server, DateTimeOffset time)
{
    private readonly List<(WatchedCredential? Before, CadenzaCredential After, ulong Key)> _changed = [];

    /// <summary>The new list. It must not be used if there is a <see cref="Failure"/>.</summary>
    public CredentialSnapshot Snapshot { get; } = new(server, time);

    /// <summary>Why the list is incomplete; null if it is complete.</summary>
    public ApiException? Failure { get; private set; }

    /// <summary>Whether the new list differs from the previous one.</summary>
    public bool HasChanges => _changed.Count > 0 || before?.Count != Snapshot.Count;

    /// <summary>Adds a row of the list.</summary>
    public void Add(CredentialRow row)
    {
        if (row.Credential is CadenzaCredential credential)
        {
            Add(credential);
        }
        else if (row.Error is not null || row.Warning is not null)
        {
            // An element that cannot be read, or a list that is truncated: the rest may have disappeared or not.
            Failure ??= row.Error
                ?? new ApiException(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown, row.Warning!);
        }
    }

    /// <summary>Adds a credential of the list.</summary>
    public void Add(CadenzaCredential credential)
    {
        ulong key = KeyMark.Of(credential.CredentialId, credential.MaskedApiKey);
        bool isKnown = TryFindBefore(credential.CredentialId, out WatchedCredential previous);
        if (isKnown && previous.IsSameAs(credential, key))
        {
            // The same object as before, so that memory does not grow with the number of lists.
            Snapshot.Add(previous);
            return;
        }

        Snapshot.Add(WatchedCredential.Of(credential, server));
        if (before is not null)
        {
            _changed.Add((isKnown ? previous : null, credential, key));
        }
    }

    /// <summary>Returns the changes since the previous list, in the order of the list; deletions come last.</summary>
    /// <param name="isSelected">Whether an event is wanted if the credential is this one before or after.</param>
    public IEnumerable<CredentialEvent> FindEvents(Func<CadenzaCredential, bool> isSelected)
    {
        foreach ((WatchedCredential? previous, CadenzaCredential after, ulong key) in _changed)
        {
            if (!isSelected(after) && (previous is null || !isSelected(previous.Value.Credential)))
            {
                continue;
            }

            IReadOnlyList<string> kinds = previous?.FindChanges(after, key) ?? [CredentialEventKind.Appeared];
            foreach (string kind in kinds)
            {
                yield return new CredentialEvent(kind, Snapshot.Time, previous?.Credential, after);
            }
        }

        foreach (WatchedCredential gone in before?.Rows ?? [])
        {
            if (!Snapshot.Contains(gone.Credential.CredentialId) && isSelected(gone.Credential))
            {
                yield return new CredentialEvent(
                    CredentialEventKind.Disappeared, Snapshot.Time, gone.Credential, after: null);
            }
        }
    }

    private bool TryFindBefore(string credentialId, out WatchedCredential row)
    {
        row = default;
        return before is not null && before.TryFind(credentialId, out row);
    }
}
