using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Report;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Watching;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>Compares the credentials of a report with the state of the last one.</summary>
internal sealed class ReportState
{
    private readonly StateFile _file;
    private readonly CredentialSnapshot? _before;
    private readonly SnapshotUpdate _update;

    /// <summary>Reads the state.</summary>
    /// <param name="file">The file that keeps the state.</param>
    /// <param name="server">The server of the connection.</param>
    /// <param name="time">The time before the list is read.</param>
    /// <exception cref="Cadenza.Client.Errors.InputException">The file cannot be used.</exception>
    public ReportState(StateFile file, string server, DateTimeOffset time)
    {
        _file = file;
        _before = file.Load(server);
        _update = new SnapshotUpdate(_before, server, time);
    }

    /// <summary>Compares the list with the state. A list that is incomplete is not compared.</summary>
    public ReportChanges Compare(Inventory inventory)
    {
        if (!inventory.IsComplete)
        {
            return new ReportChanges(_update.Snapshot.Server, _before?.Time, Changes: null);
        }

        foreach (CadenzaCredential credential in inventory.Credentials)
        {
            _update.Add(credential);
        }

        IReadOnlyList<ReportedChange> changes =
            _before is null ? [] : [.. _update.FindEvents(static _ => true).Select(Describe)];
        return new ReportChanges(_update.Snapshot.Server, _before?.Time, changes);
    }

    /// <summary>Replaces the state, once the report is written.</summary>
    /// <exception cref="Cadenza.Client.Errors.InputException">The file cannot be written.</exception>
    public void Save(Inventory inventory, ICommandRuntime runtime)
    {
        if (!inventory.IsComplete)
        {
            runtime.WriteWarning(Messages.NothingCompared);
            return;
        }

        _file.Save(_update.Snapshot);
        if (_before is null)
        {
            runtime.WriteWarning(Messages.FirstState(_file.Path, _update.Snapshot.Count));
        }
    }

    private static ReportedChange Describe(CredentialEvent item)
    {
        (string? before, string? after) = item.Event switch
        {
            CredentialEventKind.StatusChanged => (item.PreviousStatus, item.Status),
            CredentialEventKind.Renamed => (item.PreviousNickname, item.Nickname),
            CredentialEventKind.Appeared => (null, item.Status),
            CredentialEventKind.Disappeared => (item.Status, null),
            _ => (null, null),
        };
        return new ReportedChange(item.Event, item.Venue, item.Nickname, item.CredentialId, before, after);
    }
}
