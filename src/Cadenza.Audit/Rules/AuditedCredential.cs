using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>A credential with its trading accounts, its age, and its findings.</summary>
internal sealed class AuditedCredential
{
    private List<CredentialFinding>? _findings;

    public AuditedCredential(CadenzaCredential credential, AccountNames accounts, AuditOptions options)
    {
        Credential = credential;
        Accounts = accounts;
        Origin = AgeOrigin.Of(credential, options);
        Age = options.Now - Origin?.Time;
        LifetimeDays = options.Lifetimes?.DaysFor(credential.Venue);
        Group = CredentialStatus.GroupOf(credential);
    }

    public CadenzaCredential Credential { get; }

    public AccountNames Accounts { get; }

    public CredentialStatusGroup Group { get; }

    /// <summary>What the age is counted from; null if it is not known.</summary>
    public AgeOrigin? Origin { get; }

    /// <summary>The age of the keys. Negative if the clock of the server is ahead.</summary>
    public TimeSpan? Age { get; }

    public int? AgeDays => Age is TimeSpan age ? Math.Max(0, (int)Math.Floor(age.TotalDays)) : null;

    /// <summary>The lifetime of the keys in days; null if they have none.</summary>
    public int? LifetimeDays { get; }

    public bool IsRevoked => Group == CredentialStatusGroup.Revoked;

    public bool HasNickname => !string.IsNullOrWhiteSpace(Credential.Nickname);

    public IReadOnlyList<CredentialFinding> Findings => _findings ?? (IReadOnlyList<CredentialFinding>)[];

    public bool Has(string rule)
    {
        // Called for each rule of each row, so without a closure.
        for (int i = 0; i < Findings.Count; i++)
        {
            if (Findings[i].Rule == rule)
            {
                return true;
            }
        }

        return false;
    }

    public void Add(string rule, string message, string fix) => (_findings ??= []).Add(new CredentialFinding
    {
        Severity = FindingRule.SeverityOf(rule),
        Rule = rule,
        CredentialId = Credential.CredentialId,
        Venue = Credential.Venue,
        Nickname = Credential.Nickname,
        Status = Credential.Status,
        Health = Credential.Health,
        UpdatedAt = Credential.UpdatedAt,
        Server = Credential.Server,
        AgeDays = AgeDays,
        AgeSource = Origin?.Source,
        TradingAccounts = Accounts,
        Message = message,
        Fix = fix,
    });
}
