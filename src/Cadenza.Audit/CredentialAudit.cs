using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit;

/// <summary>Looks through a fleet of credentials for what the API's guide tells its users to watch for. Asks no server.</summary>
public static class CredentialAudit
{
    /// <summary>Audits credentials. The time that it takes grows with their number, not with its square.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="accounts">
    /// Every trading account; null where they could not be had, so that <see cref="FindingRule.Unused"/> and
    /// <see cref="FindingRule.RevokedInUse"/> are not judged.
    /// </param>
    /// <param name="options">What the audit goes by.</param>
    public static AuditResult Run(IReadOnlyList<CadenzaCredential> credentials, IReadOnlyList<TradingAccount>? accounts, AuditOptions options)
    {
        Check(credentials, nameof(credentials));
        Check(options, nameof(options));
        AccountIndex? index = accounts is null ? null : new AccountIndex(accounts);
        var evaluator = new RuleEvaluator(options, areAccountsKnown: index is not null);
        var rows = new List<AuditedCredential>(credentials.Count);
        foreach (CadenzaCredential credential in credentials)
        {
            var row = new AuditedCredential(credential, index?.NamesFor(credential.CredentialId) ?? AccountNames.None, options.Now);
            evaluator.Evaluate(row);
            rows.Add(row);
        }

        rows.Sort(InventoryOrder.CompareRows);
        List<CredentialFinding> findings = [.. rows.SelectMany(static row => row.Findings)];
        findings.Sort(InventoryOrder.CompareFindings);
        return new AuditResult(credentials, accounts, findings, options, rows);
    }

    private static void Check(object? value, string name)
    {
        if (value is null)
        {
            throw new ArgumentNullException(name);
        }
    }
}
