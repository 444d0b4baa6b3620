using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>A trading account, as a verification or the account list shows it.</summary>
public sealed class TradingAccount
{
    /// <summary>The account's id at Cadenza; null for one that is not connected yet.</summary>
    public string? TradingAccountId { get; init; }

    /// <summary>The venue.</summary>
    public string? Venue { get; init; }

    /// <summary>The display name.</summary>
    public string? Nickname { get; init; }

    /// <summary>The kind of account, such as SPOT, MARGIN or CREDIT.</summary>
    public string? AccountType { get; init; }

    /// <summary>The ids of the credentials that the account uses.</summary>
    public IReadOnlyList<string> CredentialIds { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of([]);

    /// <summary>The credentials that the account uses, with what it says of them besides their ids.</summary>
    internal IReadOnlyList<ListedCredential> Credentials { get; init; } = [];

    /// <summary>The status, such as NEW, ACTIVE or UNAVAILABLE.</summary>
    public string? Status { get; init; }

    /// <summary>The account in words: kind, nickname and status, as far as they are known.</summary>
    public override string ToString()
    {
        string name = string.IsNullOrEmpty(Nickname) ? $"{AccountType}" : $"{AccountType} '{Nickname}'";
        string text = string.IsNullOrEmpty(Status) ? name : $"{name} {Status}";
        return text.Trim() is { Length: > 0 } known ? known : $"account {TradingAccountId}".TrimEnd();
    }
}
