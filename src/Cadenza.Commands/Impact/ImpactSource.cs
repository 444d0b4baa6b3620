using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>
/// Determines the effect of revoking credentials from one list of trading accounts. It sends no further requests, for
/// any number of credentials. The results reflect the time at which the list was read.
/// </summary>
internal sealed class ImpactSource
{
    private readonly TradingAccountList? _accounts;

    private ImpactSource(TradingAccountList? accounts, string? unknownBecause)
    {
        _accounts = accounts;
        UnknownBecause = unknownBecause;
    }

    /// <summary>
    /// Why the list of trading accounts is missing or incomplete, as a sentence; null if it is complete.
    /// </summary>
    public string? UnknownBecause { get; }

    /// <summary>The failure of the list request; null if it succeeded, even if there are <see cref="Gaps"/>.</summary>
    public ApiException? Failure { get; private init; }

    /// <summary>The parts of the list that could not be read, one sentence each.</summary>
    public IReadOnlyList<string> Gaps => _accounts?.Gaps ?? [];

    /// <summary>The accounts that could be read; null if the list request failed.</summary>
    public IReadOnlyList<TradingAccount>? Accounts => _accounts?.Accounts;

    /// <summary>
    /// Reads the trading accounts (<c>GET /tradingAccount/list</c>). If the request fails, returns a source for which
    /// the effect on every credential is unknown. The request is not repeated for each credential.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<ImpactSource> LoadAsync(CadenzaClient client, CancellationToken cancellationToken)
    {
        try
        {
            return From(await client.ListTradingAccountsAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (ApiException e)
        {
            return new ImpactSource(accounts: null, e.Message) { Failure = e };
        }
    }

    /// <summary>Returns a source without accounts.</summary>
    /// <param name="reason">Why the accounts are not known, as a sentence.</param>
    public static ImpactSource Unknown(string reason) => new(accounts: null, reason);

    /// <summary>Returns a source for a list of trading accounts.</summary>
    public static ImpactSource From(TradingAccountList accounts) => new(accounts, Describe(accounts.Gaps));

    /// <summary>Returns the effect of revoking a credential.</summary>
    public CredentialImpact Of(CadenzaCredential credential)
    {
        bool isRevoked = CredentialStatus.GroupOf(credential) == CredentialStatusGroup.Revoked;
        string? status = isRevoked && string.IsNullOrEmpty(credential.Status)
            ? CredentialStatus.Revoked
            : credential.Status;
        return Of(CredentialReference.Of(credential) with { Status = status });
    }

    /// <summary>Returns the unknown effect of revoking a credential that was not found on the server.</summary>
    /// <param name="item">The credential.</param>
    /// <param name="reason">Why the effect is unknown, as the end of a sentence.</param>
    internal static CredentialImpact Unknown(in CredentialReference item, string reason) =>
        new()
        {
            CredentialId = item.CredentialId!,
            Venue = NullIfEmpty(item.Venue),
            Nickname = NullIfEmpty(item.Nickname),
            Status = NullIfEmpty(item.Status),
            UpdatedAt = item.UpdatedAt,
            Server = item.Server,
            Effect = ImpactEffect.Unknown,
            Summary = ImpactText.UnknownEffect(reason),
        };

    /// <summary>
    /// Returns the effect of revoking a credential. The venue, nickname, and status in the list of trading accounts
    /// take precedence over the arguments because the input may be outdated.
    /// </summary>
    /// <param name="item">The credential. No account uses a credential that does not exist.</param>
    public CredentialImpact Of(in CredentialReference item)
    {
        string credentialId = item.CredentialId!;
        IReadOnlyList<TradingAccount> users = _accounts?.UsersOf(credentialId) ?? [];
        ListedCredential listed = FindListed(credentialId, users);
        string? knownStatus = listed.Status ?? NullIfEmpty(item.Status);
        bool isRevoked = CredentialStatus.IsRevoked(knownStatus);
        bool isIdOnly = item.ReadOrigin is null && item.Venue is null && item.Nickname is null && knownStatus is null;
        return new CredentialImpact
        {
            CredentialId = credentialId,
            Venue = listed.Venue ?? NullIfEmpty(item.Venue) ?? (users.Count > 0 ? users[0].Venue : null),
            Nickname = listed.Nickname ?? NullIfEmpty(item.Nickname),
            Status = knownStatus,
            UpdatedAt = item.UpdatedAt,
            Server = item.Server,
            Effect = ImpactEffect.Determine(isRevoked, UnknownBecause is null, users),
            TradingAccountCount = UnknownBecause is null ? users.Count : null,
            TradingAccounts = users,
            Summary = isRevoked ? ImpactText.Revoked
                : UnknownBecause is not null ? ImpactText.Unknown(UnknownBecause, users)
                : users.Count == 0 && isIdOnly ? ImpactText.ExistenceNotChecked
                : ImpactText.Disconnects(users),
        };
    }

    private static string? Describe(IReadOnlyList<string> gaps) => gaps.Count switch
    {
        0 => null,
        1 => gaps[0],
        _ => Messages.FirstOf(gaps[0], gaps.Count),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Finds the credential in the last account that contains it.</summary>
    private static ListedCredential FindListed(string credentialId, IReadOnlyList<TradingAccount> users)
    {
        for (int i = users.Count - 1; i >= 0; i--)
        {
            foreach (ListedCredential credential in users[i].Credentials.Reverse())
            {
                if (CredentialIdComparer.Instance.Equals(credential.CredentialId, credentialId))
                {
                    return credential;
                }
            }
        }

        return default;
    }
}
