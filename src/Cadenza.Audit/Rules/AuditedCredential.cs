using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>A credential with its trading accounts, its age, and its findings.</summary>
internal sealed class AuditedCredential
{
    private List<CredentialFinding>? _findings;

    public AuditedCredential(CadenzaCredential credential, AccountNames accounts, DateTimeOffset now)
    {
        Credential = credential;
        Accounts = accounts;
        Age = now - (credential.UpdatedAt ?? credential.CreatedAt);
        Group = CredentialStatus.GroupOf(credential);
    }

    public CadenzaCredential Credential { get; }

    public AccountNames Accounts { get; }

    public CredentialStatusGroup Group { get; }

    /// <summary>
    /// The time since the last change or, if it is not known, since the creation. Negative if the clock of the server
    /// is ahead.
    /// </summary>
    public TimeSpan? Age { get; }

    public int? AgeDays => Age is TimeSpan age ? Math.Max(0, (int)Math.Floor(age.TotalDays)) : null;

    public bool IsRevoked => Group == CredentialStatusGroup.Revoked;

    public bool HasNickname => !string.IsNullOrWhiteSpace(Credential.Nickname);

    public IReadOnlyList<CredentialFinding> Findings => _findings ?? (IReadOnlyList<CredentialFinding>)[];

    public bool Has(string rule) => _findings is not null && _findings.Any(finding => finding.Rule == rule);

    public void Add(string rule, string message, string fix) => (_findings ??= []).Add(new CredentialFinding
    {
        Severity = FindingRule.SeverityOf(rule),
        Rule = rule,
        CredentialId = Credential.CredentialId,
        Venue = Credential.Venue,
        Nickname = Credential.Nickname,
        Status = Credential.Status,
        UpdatedAt = Credential.UpdatedAt,
        Server = Credential.Server,
        AgeDays = AgeDays,
        TradingAccounts = Accounts,
        Message = message,
        Fix = fix,
    });
}
