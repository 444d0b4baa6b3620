using System;
using System.Collections.Generic;
using Cadenza.Audit.Report;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

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

        // The status has the last word: a time of revocation counts only where there is no status.
        bool isRevoked = string.IsNullOrEmpty(credential.Status) && credential.RevokedAt is not null;
        Group = isRevoked ? StatusGroup.Revoked : StatusGroups.Of(credential.Status);
    }

    public CadenzaCredential Credential { get; }

    public AccountNames Accounts { get; }

    public StatusGroup Group { get; }

    /// <summary>How long ago it was last changed or, where that is not known, created. Negative where the server's clock is ahead.</summary>
    public TimeSpan? Age { get; }

    public int? AgeDays => Age is TimeSpan age ? Math.Max(0, (int)Math.Floor(age.TotalDays)) : null;

    public bool IsLive => Group != StatusGroup.Revoked;

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
