using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>A trading account, from a verification or the account list.</summary>
public sealed class TradingAccount
{
    /// <summary>The account's id in Cadenza, or null if it is not connected yet.</summary>
    public string? TradingAccountId { get; init; }

    /// <summary>The trading venue, such as BINANCE, or null.</summary>
    public string? Venue { get; init; }

    /// <summary>The display name, or null.</summary>
    public string? Nickname { get; init; }

    /// <summary>The account type, such as SPOT, MARGIN or CREDIT, or null.</summary>
    public string? AccountType { get; init; }

    /// <summary>The ids of the credentials that the account uses.</summary>
    public IReadOnlyList<string> CredentialIds
    {
        get => field ??= ReadableList<string>.Of([.. Credentials.Select(static known => known.CredentialId)]);
        init
        {
            field = ReadableList<string>.Of(value);
            if (Credentials.Count == 0)
            {
                Credentials = [.. value.Select(static id => new ListedCredential(id, null, null, null))];
            }
        }
    }

    /// <summary>The credentials that the account uses, with what the server sends besides their ids.</summary>
    internal IReadOnlyList<ListedCredential> Credentials { get; init; } = [];

    /// <summary>The status, such as NEW, ACTIVE or UNAVAILABLE, or null.</summary>
    public string? Status { get; init; }

    /// <summary>Returns the account type, nickname and status, as far as they are known.</summary>
    public override string ToString()
    {
        string name = string.IsNullOrEmpty(Nickname)
            ? $"{AccountType}"
            : $"{AccountType} {CredentialName.Quote(Nickname!)}";
        string text = string.IsNullOrEmpty(Status) ? name : $"{name} {Status}";
        return text.Trim() is { Length: > 0 } known ? known : $"account {TradingAccountId}".TrimEnd();
    }
}
