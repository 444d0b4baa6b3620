using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;

namespace Cadenza.Audit;

/// <summary>What an audit looked at, and what it found.</summary>
public sealed class AuditResult
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

    /// <summary>The credentials, as they were given.</summary>
    public IReadOnlyList<CadenzaCredential> Credentials { get; }

    /// <summary>The trading accounts, as they were given; null where they are not known. Then the rules that need them were not judged.</summary>
    public IReadOnlyList<TradingAccount>? Accounts { get; }

    /// <summary>The findings: the gravest first, then by venue, nickname, id and rule.</summary>
    public IReadOnlyList<CredentialFinding> Findings { get; }

    /// <summary>What the audit went by.</summary>
    public AuditOptions Options { get; }

    /// <summary>The credentials with what was worked out for each, by venue, nickname and id.</summary>
    internal IReadOnlyList<AuditedCredential> Rows { get; }

    /// <summary>Whether a rule was judged at all.</summary>
    internal bool IsEvaluated(string rule) => Accounts is not null || !FindingRule.NeedsAccounts(rule);
}
