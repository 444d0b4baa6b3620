using System.Collections.Generic;
using Cadenza.Audit.Rules;
using Cadenza.Client.Text;

namespace Cadenza.Audit;

/// <summary>
/// One thing that somebody should see to. Its <see cref="CredentialId"/>, <see cref="Venue"/> and <see cref="Nickname"/> bind to the
/// commands that change credentials.
/// </summary>
public sealed class CredentialFinding
{
    internal CredentialFinding()
    {
    }

    /// <summary>How soon somebody should see to it.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Which rule found it: one of <see cref="FindingRule"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>The credential's id.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The credential's venue; null where the server does not say.</summary>
    public string? Venue { get; init; }

    /// <summary>The credential's nickname; null where it has none.</summary>
    public string? Nickname { get; init; }

    /// <summary>The credential's status, as the server spells it; null where it does not say.</summary>
    public string? Status { get; init; }

    /// <summary>The whole days since the credential was last changed or, where that is not known, created; null where neither is.</summary>
    public int? AgeDays { get; init; }

    /// <summary>The names of the trading accounts that list the credential; empty where there are none, or the accounts are not known.</summary>
    public IReadOnlyList<string> TradingAccounts { get; init; } = AccountNames.None;

    /// <summary>What was found, in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>A PowerShell line that mends it. It asks for keys where it needs some, and holds no text of the server but in quotes.</summary>
    public required string Fix { get; init; }

    /// <summary>The finding in one line.</summary>
    public override string ToString() =>
        $"{Severity} {Rule}: {TextSanitizer.Sanitize(DisplayName.Format(Venue, Nickname, CredentialId))}. {Message}";
}
