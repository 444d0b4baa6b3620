using System;
using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit;

/// <summary>Checks credentials against the rules in <see cref="FindingRule"/>. Sends no requests.</summary>
internal static class CredentialAudit
{
    /// <summary>Audits credentials.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="accounts">
    /// All trading accounts. If null, <see cref="FindingRule.Unused"/> and <see cref="FindingRule.RevokedInUse"/> are
    /// not evaluated.
    /// </param>
    /// <param name="options">The settings of the audit.</param>
    /// <exception cref="ArgumentNullException">The credentials or the options are null.</exception>
    public static AuditResult Run(
        IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount>? accounts, AuditOptions options)
    {
        ThrowIfNull(credentials, nameof(credentials));
        ThrowIfNull(options, nameof(options));
        AccountIndex? index = accounts is null ? null : new AccountIndex(accounts);
        var rows = new List<AuditedCredential>(credentials.Count);
        foreach (CadenzaCredential credential in credentials)
        {
            AccountNames names = index?.NamesFor(credential.CredentialId) ?? AccountNames.None;
            rows.Add(new AuditedCredential(credential, names, options));
        }

        rows.Sort(InventoryOrder.CompareRows);
        var evaluator = new RuleEvaluator(options, new SharedKeys(rows), areAccountsKnown: index is not null);
        rows.ForEach(evaluator.Evaluate);
        var findings = new List<CredentialFinding>();
        rows.ForEach(row => findings.AddRange(row.Findings));
        findings.Sort(InventoryOrder.CompareFindings);
        return new AuditResult(credentials, accounts, findings, options, rows);
    }

    private static void ThrowIfNull(object? value, string name)
    {
        if (value is null)
        {
            throw new ArgumentNullException(name);
        }
    }
}
