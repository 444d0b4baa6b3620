using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Text;
using Cadenza.Commands;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// The keys for the items of a command, from the command line or from each row: combines and checks them before
/// anything is sent or confirmed.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="commandLine">The keys of the command line.</param>
/// <param name="changes">The changes of the command.</param>
/// <param name="force">Whether the keys of the command line may be set on several credentials.</param>
/// <param name="refusesSharedKeys">Whether keys that an earlier item has are an error instead of a warning.</param>
/// <param name="isRehearsal">Whether the server is a sandbox, whose keys are made up and have any format.</param>
internal sealed class KeyRows(
    CadenzaCmdlet cmdlet,
    KeyValues commandLine,
    ChangeSession changes,
    bool force,
    bool refusesSharedKeys,
    bool isRehearsal) : IDisposable
{
    private readonly RotationRows _rows = new();
    private readonly HashSet<string> _reportedFormats = new(StringComparer.Ordinal);
    private readonly SecretScript? _script = SecretScript.Find(commandLine.Login);
    private readonly SharedKeyGate _gate = new(
        changes,
        commandLine.IsAny && SecretScript.Find(commandLine.Login) is null && !force
            && cmdlet.MyInvocation.ExpectingInput);

    /// <summary>Whether each item has its own keys.</summary>
    private bool HasOwnKeys => _script is not null || !commandLine.IsAny;

    /// <summary>Counts an item of the input, whether it is valid or not.</summary>
    public void Count() => _rows.Count();

    /// <summary>Checks the keys for an item and processes its change.</summary>
    /// <param name="item">The credential.</param>
    /// <param name="row">The pipeline object; null if there is none.</param>
    /// <param name="columns">The columns of the row.</param>
    /// <param name="create">Creates the change.</param>
    public void Process(
        CredentialReference item, PSObject? row, InputColumns columns, Func<ApiKeySet, ChangeRequest> create)
    {
        (KeyValues? values, string? fault) = ReadValues(item, row, columns);
        ApiKeySet? keys = null;
        if (values is not null)
        {
            (keys, fault) = ApiKeyInput.Combine(values);
        }

        IReadOnlyList<(string Text, bool IsFormat)> warnings = [];
        if (keys is not null)
        {
            (fault, warnings) = ApiKeyInput.Check(values!, keys, item.Venue);
        }

        if (fault is not null)
        {
            Reject(item, fault);
            return;
        }

        Accept(item, values!, keys!, warnings, create);
    }

    /// <summary>Processes the change that was held, if there is one.</summary>
    public void Complete() => _gate.Complete();

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    /// <summary>Returns the keys of the row, the script block or the command line, or why there are none.</summary>
    private (KeyValues? Values, string? Fault) ReadValues(
        CredentialReference item, PSObject? row, InputColumns columns)
    {
        if (KeyValues.FindUnreadable(row) is string unreadable)
        {
            return (null, InputMessages.FailingColumn(unreadable));
        }

        var values = KeyValues.OfRow(row);
        if (commandLine.IsAny && values.IsAny)
        {
            return (null, InputMessages.MixedKeys);
        }

        if (!commandLine.IsAny && columns.FindLost(row) is (string, string) lost)
        {
            return (null, InputMessages.UnreadColumn(lost.Item1, lost.Item2));
        }

        if (_script is null)
        {
            return (values.IsAny ? values : commandLine, null);
        }

        (PSCredential? login, string? missing) = _script.Run(item, row);
        return missing is null ? (commandLine with { Login = login }, null) : (null, missing);
    }

    private void Accept(
        CredentialReference item,
        KeyValues values,
        ApiKeySet keys,
        IReadOnlyList<(string Text, bool IsFormat)> warnings,
        Func<ApiKeySet, ChangeRequest> create)
    {
        if (CredentialIdRules.Validate(item.CredentialId) is null
            && _rows.FindSame(item, keys) is (long Number, bool IsIdentical) same)
        {
            if (same.IsIdentical)
            {
                changes.Skip(item, InputMessages.IdenticalRow(NameOf(changes.Identify(item)), same.Number));
            }
            else
            {
                Reject(item, InputMessages.RepeatedId(same.Number));
            }

            return;
        }

        if (item.CredentialId is null && _rows.FindSameCreation(item, keys) is { } created)
        {
            string fault = InputMessages.RepeatedCreation(created.Number, created.IsIdentical);
            changes.Reject(CadenzaErrorKind.InvalidNewCredential, item, fault);
            return;
        }

        Warn(item, warnings);
        if (HasOwnKeys && _rows.FindSharedKey(keys) is string shared)
        {
            if (refusesSharedKeys)
            {
                Reject(item, InputMessages.AsClause(shared));
                return;
            }

            Warn(item, shared, isFormat: false);
        }

        _gate.Process(item, create(keys), found => CheckFound(found, values, keys, warnings));
    }

    /// <summary>Checks the keys again when the list shows the venue. Returns the fault without the period.</summary>
    private string? CheckFound(
        CredentialReference found,
        KeyValues values,
        ApiKeySet keys,
        IReadOnlyList<(string Text, bool IsFormat)> reported)
    {
        (string? fault, IReadOnlyList<(string Text, bool IsFormat)> warnings) =
            ApiKeyInput.Check(values, keys, found.Venue);
        Warn(found, warnings.Except(reported));
        return fault?.TrimEnd('.');
    }

    private void Warn(CredentialReference item, IEnumerable<(string Text, bool IsFormat)> warnings)
    {
        foreach ((string text, bool isFormat) in warnings)
        {
            Warn(item, text, isFormat);
        }
    }

    /// <summary>
    /// A wrong format is one warning, because it usually applies to all rows of a venue. A sandbox has made-up keys.
    /// </summary>
    private void Warn(CredentialReference item, string text, bool isFormat)
    {
        string message = $"{ErrorCatalog.Capitalize(NameOf(item), item.CredentialId)}: {text}";
        if (!isFormat || (!isRehearsal && _reportedFormats.Add(text)))
        {
            cmdlet.Runtime.WriteWarning(message);
        }
        else
        {
            cmdlet.Runtime.WriteVerbose(message);
        }
    }

    private void Reject(CredentialReference item, string fault) =>
        changes.Reject(CadenzaErrorKind.InvalidKeys, item, fault);

    private static string NameOf(CredentialReference item) => string.IsNullOrWhiteSpace(item.CredentialId)
        ? TextSanitizer.Sanitize(item.Origin ?? "The credential")
        : DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
}
