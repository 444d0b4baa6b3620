using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit;

/// <summary>The input and the findings of an audit.</summary>
internal sealed class AuditResult
{
    internal AuditResult(
        IReadOnlyList<CadenzaCredential> credentials,
        IReadOnlyList<TradingAccount>? accounts,
        IReadOnlyList<CredentialFinding> findings,
        AuditOptions options,
        IReadOnlyList<AuditedCredential> rows)
    {
        Credentials = credentials;
        Accounts = accounts;
        Findings = findings;
        Options = options;
        Rows = rows;
    }

    /// <summary>The audited credentials, in their original order.</summary>
    public IReadOnlyList<CadenzaCredential> Credentials { get; }

    /// <summary>
    /// The trading accounts, in their original order. Null if they are not available; the rules that require them were
    /// then not evaluated.
    /// </summary>
    public IReadOnlyList<TradingAccount>? Accounts { get; }

    /// <summary>The findings, ordered by severity (highest first), venue, nickname, id, and rule.</summary>
    public IReadOnlyList<CredentialFinding> Findings { get; }

    /// <summary>The settings of the audit.</summary>
    public AuditOptions Options { get; }

    /// <summary>The credentials with their findings, ordered by venue, nickname, and id.</summary>
    internal IReadOnlyList<AuditedCredential> Rows { get; }

    /// <summary>Whether the rule was evaluated.</summary>
    internal bool IsEvaluated(string rule) => (Accounts is not null || !FindingRule.RequiresAccounts(rule))
        && (Options.Lifetimes is not null || !FindingRule.RequiresLifetimes(rule))
        && (Options.Lifetimes?.CoversAll != true || rule != FindingRule.Stale);
}
