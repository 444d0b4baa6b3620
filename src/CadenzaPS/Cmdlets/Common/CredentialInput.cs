using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The credentials that a command receives by -CredentialId or from the pipeline.</summary>
internal sealed class CredentialInput
{
    private const string IdParameter = "CredentialId";

    private readonly CadenzaCmdlet _cmdlet;
    private readonly bool _hasIdScript;
    private InputColumns? _columns;
    private RepeatedIds? _repeated;
    private long _objects;

    /// <summary>
    /// Checks the input. Create it before the first pipeline object, which binds the same parameters.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="inputObject">The value of -InputObject.</param>
    /// <param name="columns">The columns that the command reads; null for the id only.</param>
    public CredentialInput(CadenzaCmdlet cmdlet, PSObject? inputObject, InputColumns? columns = null)
    {
        _cmdlet = cmdlet;
        _hasIdScript = cmdlet.IsScriptBlock(IdParameter);
        _columns = columns;
        ErrorSink = (_, error) => cmdlet.Report(error);
        SkipSink = (_, reason) => cmdlet.Runtime.WriteWarning(reason);
        HasExplicitId = cmdlet.IsBound(IdParameter) && !_hasIdScript;
        IsSpecified = HasExplicitId || cmdlet.MyInvocation.ExpectingInput || inputObject is not null;
        cmdlet.RejectNull("InputObject", inputObject);
        if (HasExplicitId && (cmdlet.MyInvocation.ExpectingInput || inputObject is not null))
        {
            cmdlet.Report(CadenzaErrorKind.InvalidParameter, InputMessages.IdAndPipeline);
        }
    }

    /// <summary>The columns of the pipeline objects.</summary>
    public InputColumns Columns => _columns ??= KeyColumns.ForId();

    /// <summary>Writes the error of an item. Default: as the cmdlet does.</summary>
    public Action<CredentialReference, CadenzaErrorReport> ErrorSink { get; set; }

    /// <summary>Writes that an item repeats an earlier one. Default: a warning.</summary>
    public Action<CredentialReference, string> SkipSink { get; set; }

    /// <summary>Whether each row with columns that cannot be used has its own error.</summary>
    public bool ReportsEachItem { get; set; }

    /// <summary>Whether a time that cannot be read is an error, because the credential is compared by it.</summary>
    public bool ComparesTimes { get; init; }

    /// <summary>Whether a credential that was in the input before is skipped.</summary>
    public bool SkipsRepeated { get; init; }

    /// <summary>Whether the command line has -CredentialId, even with an empty value.</summary>
    public bool HasExplicitId { get; }

    /// <summary>
    /// Whether the command has input at all. An empty pipeline counts, so that it never means "all credentials".
    /// </summary>
    public bool IsSpecified { get; }

    /// <summary>
    /// Returns the credentials of the command line, or else the one of the pipeline object. The id that PowerShell
    /// bound from the pipeline is used only if a script block returned it; otherwise, it may be an arbitrary object
    /// converted to text. Writes an error for an item that has no id because of its columns.
    /// </summary>
    public IReadOnlyList<CredentialReference> Read(string?[]? credentialIds, PSObject? inputObject)
    {
        _objects++;
        if (!HasExplicitId)
        {
            return ReadObject(credentialIds, inputObject) is CredentialReference item && !IsRepeated(item, _objects)
                ? [item]
                : [];
        }

        _cmdlet.Runtime.Progress.Total = credentialIds?.Length;
        return credentialIds is { Length: > 0 }
            ? [.. ReadArguments(credentialIds)]
            : [new CredentialReference("") { Number = 1 }];
    }

    /// <summary>
    /// As <see cref="Read"/>, for commands that change nothing: an item without a valid id is one error.
    /// </summary>
    public IEnumerable<CredentialReference> ReadValid(
        string?[]? credentialIds, PSObject? inputObject, CadenzaConnection connection)
    {
        foreach (CredentialReference item in Read(credentialIds, inputObject))
        {
            if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
            {
                ErrorSink(item, error);
            }
            else if (ServerCheck.Validate(item, connection) is string otherServer)
            {
                Reject(CadenzaErrorKind.WrongServer, item, otherServer + ".");
            }
            else
            {
                yield return item;
            }
        }
    }

    /// <summary>Returns the credential of the pipeline object, or null after an error.</summary>
    private CredentialReference? ReadObject(string?[]? credentialIds, PSObject? inputObject)
    {
        CredentialReference item = PipelineItem.Read(inputObject, _objects) with { Number = _objects };
        if (_hasIdScript)
        {
            return item with { CredentialId = CredentialIdRules.Normalize(credentialIds?.FirstOrDefault()) };
        }

        if (Columns.Check(inputObject) is ColumnFault header)
        {
            if (!header.IsRepeated || ReportsEachItem)
            {
                CadenzaErrorKind kind = header.Missing == IdParameter
                    ? CadenzaErrorKind.InvalidCredentialId
                    : CadenzaErrorKind.InvalidKeys;
                Reject(kind, item, header.TextFor(ReportsEachItem));
            }

            return null;
        }

        foreach (string warning in Columns.TakeWarnings())
        {
            _cmdlet.Runtime.WriteWarning(warning);
        }

        if (item.CredentialId is null && PipelineItem.FindIdFault(inputObject) is string fault)
        {
            Reject(CadenzaErrorKind.InvalidCredentialId, item, $"the CredentialId {fault}.");
            return null;
        }

        if (ComparesTimes && PipelineItem.FindTimeFault(inputObject) is string time)
        {
            Reject(CadenzaErrorKind.CheckFailed, item, InputMessages.InvalidUpdatedAt(time));
            return null;
        }

        return item;
    }

    private IEnumerable<CredentialReference> ReadArguments(string?[] credentialIds)
    {
        for (int i = 0; i < credentialIds.Length; i++)
        {
            if (ReadArgument(credentialIds[i], i + 1) is CredentialReference item && !IsRepeated(item, i + 1))
            {
                yield return item;
            }
        }
    }

    /// <summary>
    /// Whether the credential was in the input before. Writes a warning, or an error if it has another name now.
    /// </summary>
    private bool IsRepeated(CredentialReference item, long number)
    {
        _repeated ??= new RepeatedIds();
        if (!SkipsRepeated || _repeated.Find(item, number) is not (long Number, bool IsConsistent) earlier)
        {
            return false;
        }

        if (earlier.IsConsistent)
        {
            string name = DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
            SkipSink(item, InputMessages.RepeatedItem(name, earlier.Number));
        }
        else
        {
            Reject(CadenzaErrorKind.InvalidCredentialId, item, InputMessages.RepeatedId(earlier.Number));
        }

        return true;
    }

    /// <summary>Returns the credential of one value of -CredentialId, or null after an error.</summary>
    private CredentialReference? ReadArgument(string? argument, long number)
    {
        string? id = argument;
        if (UnusableArgument.Find(argument) is UnusableArgument unusable)
        {
            id = unusable.Number is object literal
                ? CommandLineLiteral.Find(_cmdlet, IdParameter, literal)
                : null;
            if (id is null)
            {
                ErrorSink(
                    new CredentialReference(null) { Number = number },
                    ErrorCatalog.ForInput(
                        CadenzaErrorKind.InvalidCredentialId,
                        InputMessages.UnusableValue(IdParameter, unusable.Fault)));
                return null;
            }
        }

        return new CredentialReference(CredentialIdRules.Normalize(id) ?? "") { Number = number };
    }

    private void Reject(CadenzaErrorKind kind, CredentialReference item, string fault)
    {
        string name = item.CredentialId is string id ? "Credential " + id : item.Origin ?? "The item";
        ErrorSink(item, ErrorCatalog.ForInput(
            kind, InputMessages.UnusableItem(name, fault), item.CredentialId ?? item.Origin));
    }
}
