using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Client.Models;
using Cadenza.Commands.Impact;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaCredentialFinding: audits all credentials, or those of the pipeline, and writes what needs attention, the
/// most severe findings first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredentialFinding", HelpUri = HelpUris.GetCadenzaCredentialFinding)]
[OutputType(typeof(CredentialFinding))]
public sealed class GetCadenzaCredentialFinding : ConnectedCmdlet
{
    private readonly List<CadenzaCredential> _credentials = [];
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(CredentialIdComparer.Instance);
    private CredentialInput _input = null!;
    private AuditSettings _settings = null!;

    /// <summary>The ids of the credentials to audit. Each id that does not exist is one error.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The number of days without a change after which a credential is stale.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int StaleAfterDays { get; set; } = AuditOptions.DefaultStaleAfterDays;

    /// <summary>The number of days that keys may be used: one number, or a hashtable by venue.</summary>
    [Parameter]
    [ValidateNotNull]
    [LifetimeTransformation]
    public Hashtable? KeyLifetimeDays { get; set; }

    /// <summary>The number of days before the end of a lifetime from which it is a finding.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    public int LifetimeWarningDays { get; set; } = AuditOptions.DefaultLifetimeWarningDays;

    /// <summary>The path of a journal that records rotations. Wildcards select several journals.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>Gets only findings of these rules.</summary>
    [Parameter]
    [ValidateSet(
        FindingRule.Failed,
        FindingRule.Expired,
        FindingRule.RevokedInUse,
        FindingRule.LifetimeOver,
        FindingRule.LifetimeEnds,
        FindingRule.Stale,
        FindingRule.SharedKey,
        FindingRule.Waiting,
        FindingRule.OtherStatus,
        FindingRule.Unused,
        FindingRule.NoNickname,
        FindingRule.UnknownAge)]
    public string[]? Rule { get; set; }

    /// <summary>Gets only findings of these severities.</summary>
    [Parameter]
    [ValidateSet(FindingSeverity.High, FindingSeverity.Medium, FindingSeverity.Low)]
    public string[]? Severity { get; set; }

    /// <summary>Gets only findings of this severity and of higher severities.</summary>
    [Parameter]
    [ValidateSet(FindingSeverity.High, FindingSeverity.Medium, FindingSeverity.Low)]
    public string MinimumSeverity { get; set; } = FindingSeverity.Low;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject);
        base.Begin();
        _settings = new AuditSettings(this, CurrentConnection)
        {
            StaleAfterDays = StaleAfterDays,
            KeyLifetimeDays = KeyLifetimeDays,
            LifetimeWarningDays = LifetimeWarningDays,
        };
        _settings.ReadJournals(JournalPath);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        PSObject? input = _input.HasExplicitId ? null : InputObject;
        foreach (CredentialReference item in _input.IsSpecified
            ? _input.ReadValid(CredentialId, InputObject, CurrentConnection)
            : [])
        {
            if (!_seen.Add(item.CredentialId!))
            {
                continue;
            }

            // A credential object is audited as it is. For any other object, the credential is listed by its id.
            if (input?.BaseObject is CadenzaCredential credential)
            {
                _credentials.Add(credential);
            }
            else
            {
                _ids.Add(item.CredentialId!);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        // Only invalid ids, a variable that is not set, or an empty pipeline must not mean "all credentials".
        if (_input.IsSpecified && _seen.Count == 0)
        {
            return;
        }

        CredentialFilter? filter = !_input.IsSpecified ? CredentialFilter.All
            : _ids.Count > 0 ? new CredentialFilter { CredentialIds = _ids } : null;
        if (InventoryReader.Read(CurrentConnection.GetClient(), Runtime, filter, StopToken) is Inventory inventory)
        {
            if (filter == CredentialFilter.All)
            {
                _settings.WarnAboutVenues(inventory.Credentials);
            }

            WriteFindings(inventory);
        }
    }

    private void WriteFindings(Inventory inventory)
    {
        AuditResult result = CredentialAudit.Run(
            [.. _credentials, .. inventory.Credentials],
            inventory.Accounts,
            _settings.CreateOptions());
        foreach (CredentialFinding finding in result.Findings)
        {
            StopToken.ThrowIfCancellationRequested();
            if (IsSelected(Rule, finding.Rule)
                && IsSelected(Severity, finding.Severity)
                && FindingSeverity.IsAtLeast(finding.Severity, MinimumSeverity))
            {
                Runtime.WriteObject(finding);
            }
        }
    }

    private static bool IsSelected(string[]? selected, string value) =>
        selected is null || selected.Contains(value, StringComparer.OrdinalIgnoreCase);
}
