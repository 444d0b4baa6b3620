using System;
using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Audit;

/// <summary>
/// A finding of the audit. <see cref="CredentialId"/>, <see cref="Venue"/>, and <see cref="Nickname"/> bind to the
/// parameters of the commands that change credentials.
/// </summary>
public sealed class CredentialFinding
{
    internal CredentialFinding()
    {
    }

    /// <summary>The severity: one of the words of <see cref="FindingSeverity"/>.</summary>
    public required string Severity { get; init; }

    /// <summary>The id of the rule: one of the values of <see cref="FindingRule"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>The id of the credential.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The venue of the credential. Null if the server does not return one.</summary>
    public string? Venue { get; init; }

    /// <summary>The nickname of the credential. Null if it has none.</summary>
    public string? Nickname { get; init; }

    /// <summary>
    /// The status of the credential as the server returned it. Null if the server does not return one.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>What the status means: one of the words of <see cref="CredentialHealth"/>.</summary>
    public required string Health { get; init; }

    /// <summary>When the credential was last changed. Null if not known.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The server that the credential was read from. Null if not known.</summary>
    public string? Server { get; init; }

    /// <summary>The age of the keys in whole days. Null if not known.</summary>
    public int? AgeDays { get; init; }

    /// <summary>What the age is counted from: one of the words of <see cref="Audit.AgeSource"/>, or null.</summary>
    public string? AgeSource { get; init; }

    /// <summary>
    /// The names of the trading accounts that use the credential. Empty if there are none or if the accounts are not
    /// available.
    /// </summary>
    public IReadOnlyList<string> TradingAccounts { get; init; } = AccountNames.None;

    /// <summary>The description of the finding.</summary>
    public required string Message { get; init; }

    /// <summary>
    /// A PowerShell command that corrects the finding. It prompts for the keys that it requires. Values from the server
    /// are always quoted.
    /// </summary>
    public required string Fix { get; init; }

    /// <summary>The severity, the rule, the credential, and the message on one line.</summary>
    public override string ToString() =>
        $"{Severity} {Rule}: {DisplayName.Format(Venue, Nickname, CredentialId)}. {Message}";
}
