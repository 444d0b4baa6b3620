using System;
using System.Management.Automation;
using System.Management.Automation.Host;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Results;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The changes of one command: its confirmation prompts, its journal and its runner.</summary>
internal sealed class ChangeSession : IDisposable
{
    private readonly CadenzaCmdlet _cmdlet;
    private readonly ChangeKind _kind;
    private readonly ChangeRunner _runner;

    /// <summary>Opens the journal and sets the confirmation prompt of the cmdlet.</summary>
    public ChangeSession(CadenzaCmdlet cmdlet, CadenzaConnection connection, ChangeKind kind, ChangeOptions options)
    {
        _cmdlet = cmdlet;
        _kind = kind;
        var prompt = new ConfirmationPrompt(cmdlet, options.Impact, options.Force);
        cmdlet.Runtime.Prompt = prompt;
        ReportsEachItem = options.Run.AsResults && !prompt.IsWhatIf;
        if (options.Run.Verifies)
        {
            // Only credentials whose keys the exchange accepts are written as objects.
            cmdlet.Runtime.Projection = static item => item is CadenzaCredential ? WithVerified(item) : item;
        }

        ChangeRunOptions run = options.Run with
        {
            Journal = OpenJournal(options.JournalPath, connection),
            AsResults = ReportsEachItem,
        };
        _runner = new ChangeRunner(connection, cmdlet.Runtime, kind, run, cmdlet.StopToken);
    }

    /// <summary>
    /// Whether each item has a result. With -WhatIf, nothing happens to the items, so there are none.
    /// </summary>
    public bool ReportsEachItem { get; }

    /// <summary>Processes one change. Its outcome may be written later.</summary>
    /// <param name="item">The item of the input.</param>
    /// <param name="request">The change.</param>
    /// <param name="findKeyFault">Checks the keys when the list shows the venue, which the input did not have.</param>
    public void Process(
        CredentialReference item, ChangeRequest request, Func<CredentialReference, string?>? findKeyFault = null) =>
        _runner.Process(item, request, findKeyFault);

    /// <summary>Writes an error for an item whose input cannot be used.</summary>
    /// <param name="kind">The kind of error.</param>
    /// <param name="item">The item.</param>
    /// <param name="fault">What is wrong, as the rest of a sentence.</param>
    public void Reject(CadenzaErrorKind kind, CredentialReference item, string fault)
    {
        CredentialReference named = Identify(item);
        Refuse(named, ChangeErrors.ForChangeInput(_kind, kind, named, fault));
    }

    /// <summary>Returns an item with the names of the server, if messages need them.</summary>
    public CredentialReference Identify(CredentialReference item) => _runner.Identify(item);

    /// <summary>Writes the error of an item that cannot be processed.</summary>
    public void Refuse(CredentialReference item, CadenzaErrorReport error) => _runner.Refuse(item, error);

    /// <summary>Warns that an item repeats an earlier one.</summary>
    public void Skip(CredentialReference item, string reason)
    {
        _cmdlet.Runtime.WriteWarning(reason);
        _runner.Skip(Identify(item), reason);
    }

    /// <summary>Waits for the changes in flight and writes their outcomes.</summary>
    public void Complete() => _runner.Complete();

    /// <summary>
    /// Waits for the changes in flight. A pipeline that was stopped accepts no more output, so their outcomes go to the
    /// host directly.
    /// </summary>
    public void Dispose()
    {
        _runner.Dispose();
        foreach (string outcome in _runner.TakeUnreportedOutcomes())
        {
            try
            {
                _cmdlet.Host?.UI?.WriteWarningLine(InputMessages.InFlight(outcome));
            }
            catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
            {
                // The host has no user interface.
            }
        }
    }

    private static PSObject WithVerified(object item)
    {
        var credential = PSObject.AsPSObject(item);
        credential.Properties.Add(
            new PSNoteProperty(nameof(CredentialResult.Verified), ResultVerification.Verified));
        return credential;
    }

    private ChangeJournal? OpenJournal(string? path, CadenzaConnection connection)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return ChangeJournal.Open(FilePath.Resolve(_cmdlet, path, "JournalPath"), connection);
        }
        catch (CadenzaException e)
        {
            _cmdlet.Report(e.Kind, e.Message);
            throw;
        }
    }
}
