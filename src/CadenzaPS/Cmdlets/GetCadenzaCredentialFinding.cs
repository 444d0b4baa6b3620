using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Impact;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaCredentialFinding: audits credentials, all of them or those of the pipeline, and emits what somebody should see to, the
/// gravest first.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredentialFinding", HelpUri = HelpUris.GetCadenzaCredentialFinding)]
[OutputType(typeof(CredentialFinding))]
public sealed class GetCadenzaCredentialFinding : CredentialCmdlet
{
    private readonly List<CadenzaCredential> _given = [];
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of the credentials to audit. Each one that does not exist is one error.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential is stale that has not changed for so many days or longer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int StaleAfterDays { get; set; } = AuditOptions.DefaultStaleAfterDays;

    /// <summary>Only findings of these rules.</summary>
    [Parameter]
    [ValidateSet(FindingRule.Failed, FindingRule.Expired, FindingRule.RevokedInUse, FindingRule.Stale, FindingRule.Unused, FindingRule.NoNickname)]
    public string[]? Rule { get; set; }

    // No enum: a value of one would have to be known, and so the assembly loaded, when the module is imported.

    /// <summary>Only findings of these severities.</summary>
    [Parameter]
    [ValidateSet(nameof(FindingSeverity.High), nameof(FindingSeverity.Medium), nameof(FindingSeverity.Low))]
    public string[]? Severity { get; set; }

    private bool IsGiven => HasExplicitId || MyInvocation.ExpectingInput || InputObject is not null;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PSObject? input = InputObject;
        foreach (CredentialReference item in IsGiven ? ReadItems(CredentialId) : [])
        {
            if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
            {
                Report(error);
            }
            else if (_seen.Add(item.CredentialId!))
            {
                Take(item.CredentialId!, HasExplicitId ? null : input?.BaseObject as CadenzaCredential);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Nothing but faulty ids, an unset variable or an empty pipeline must not turn into "all of them".
        if (!IsGiven || _seen.Count > 0)
        {
            Run(Audit);
        }

        base.EndProcessing();
    }

    /// <summary>What is a credential already is judged as it is; of anything else only the id counts.</summary>
    private void Take(string id, CadenzaCredential? credential)
    {
        if (credential is null)
        {
            _ids.Add(id);
        }
        else
        {
            _given.Add(credential);
        }
    }

    private void Audit()
    {
        CredentialFilter? filter = !IsGiven ? CredentialFilter.All : _ids.Count > 0 ? new CredentialFilter { CredentialIds = _ids } : null;
        if (InventoryReader.Read(CurrentConnection.GetClient(), this, filter, StopToken) is not Inventory inventory)
        {
            return;
        }

        AuditResult result = CredentialAudit.Run(
            [.. _given, .. inventory.Credentials], inventory.Accounts, new AuditOptions { StaleAfterDays = StaleAfterDays });
        foreach (CredentialFinding finding in result.Findings.Where(finding => IsWanted(Rule, finding.Rule) && IsWanted(Severity, finding.Severity.ToString())))
        {
            StopToken.ThrowIfCancellationRequested();
            WriteResult(finding);
        }
    }

    private static bool IsWanted(string[]? wanted, string word) => wanted is null || wanted.Contains(word, StringComparer.OrdinalIgnoreCase);
}
