using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>A credential with what the audit worked out for it.</summary>
internal sealed class AuditedCredential
{
    private List<CredentialFinding>? _findings;

    public AuditedCredential(CadenzaCredential credential, AccountNames accounts, DateTimeOffset now)
    {
        Credential = credential;
        Accounts = accounts;
        Age = credential.UpdatedAt is null && credential.CreatedAt is null ? null : now - (credential.UpdatedAt ?? credential.CreatedAt);

        Group = CredentialStatus.GroupOf(credential);
    }

    public CadenzaCredential Credential { get; }

    public AccountNames Accounts { get; }

    public CredentialStatusGroup Group { get; }

    /// <summary>How long ago it was last changed or, where that is not known, created. Negative where the server's clock is ahead.</summary>
    public TimeSpan? Age { get; }

    public int? AgeDays => Age is TimeSpan age ? Math.Max(0, (int)Math.Floor(age.TotalDays)) : null;

    public bool IsLive => Group != CredentialStatusGroup.Revoked;

    public bool HasNickname => !string.IsNullOrWhiteSpace(Credential.Nickname);

    public IReadOnlyList<CredentialFinding> Findings => _findings ?? (IReadOnlyList<CredentialFinding>)[];

    public bool Has(string rule)
    {
        foreach (CredentialFinding finding in Findings)
        {
            if (finding.Rule == rule)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(FindingSeverity severity, string rule, string message, string fix) => (_findings ??= []).Add(new CredentialFinding
    {
        Severity = severity,
        Rule = rule,
        CredentialId = Credential.CredentialId,
        Venue = Credential.Venue,
        Nickname = Credential.Nickname,
        Status = Credential.Status,
        AgeDays = AgeDays,
        TradingAccounts = Accounts,
        Message = message,
        Fix = fix,
    });
}
