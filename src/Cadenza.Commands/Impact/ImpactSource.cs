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
/// Tells what revoking credentials would do. Made of one list of trading accounts; after that it asks no server, so that it can be asked
/// about any number of credentials. What it tells is what was true when the list was made.
/// </summary>
public sealed class ImpactSource
{
    private readonly TradingAccountList? _accounts;
    private readonly Lazy<Dictionary<string, ListedCredential>> _listed;

    private ImpactSource(TradingAccountList? accounts, string? unknownBecause)
    {
        _accounts = accounts;
        UnknownBecause = unknownBecause;
        _listed = new Lazy<Dictionary<string, ListedCredential>>(ReadListed);
    }

    /// <summary>Why the trading accounts are not known, or not all of them, as a sentence; null where they are.</summary>
    public string? UnknownBecause { get; }

    /// <summary>The failure of the list; null where there was none, also where <see cref="Gaps"/> were.</summary>
    public ApiException? Failure { get; private init; }

    /// <summary>What of the list could not be read, a sentence each.</summary>
    public IReadOnlyList<string> Gaps => _accounts?.Gaps ?? [];

    /// <summary>The accounts as far as they could be read; null where the list failed.</summary>
    public IReadOnlyList<TradingAccount>? Accounts => _accounts?.Accounts;

    /// <summary>
    /// Lists the trading accounts (contract: <c>GET /tradingAccount/list</c>). A list that fails gives a source that says so of every
    /// credential: not to know what a revoke does is an answer, and one failure is enough to learn it.
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

    /// <summary>A source that knows nothing, and why.</summary>
    public static ImpactSource Unknown(string reason) => new(accounts: null, reason);

    /// <summary>A source of accounts that were listed before.</summary>
    public static ImpactSource From(TradingAccountList accounts) => new(accounts, Describe(accounts.Gaps));

    /// <summary>What revoking a credential would do.</summary>
    public CredentialImpact Of(CadenzaCredential credential)
    {
        bool isRevoked = CredentialStatus.GroupOf(credential) == CredentialStatusGroup.Revoked;
        string? status = isRevoked && string.IsNullOrEmpty(credential.Status) ? CredentialStatus.Revoked : credential.Status;
        return Of(credential.CredentialId, credential.Venue, credential.Nickname, status);
    }

    /// <summary>What revoking a credential would do.</summary>
    /// <param name="credentialId">Its id. One that the server does not have is used by no account.</param>
    /// <param name="venue">Its venue. What the server says with the accounts comes first: a row of a file may be old, or mixed up.</param>
    /// <param name="nickname">Its nickname, likewise.</param>
    /// <param name="status">Its status, likewise.</param>
    public CredentialImpact Of(string credentialId, string? venue = null, string? nickname = null, string? status = null)
    {
        IReadOnlyList<TradingAccount> users = _accounts?.UsersOf(credentialId) ?? [];
        ListedCredential listed = users.Count > 0 && _listed.Value.TryGetValue(credentialId, out ListedCredential found) ? found : default;
        string? knownStatus = listed.Status ?? NullIfEmpty(status);
        bool isRevoked = CredentialStatus.IsRevoked(knownStatus);
        return new CredentialImpact
        {
            CredentialId = credentialId,
            Venue = listed.Venue ?? NullIfEmpty(venue) ?? (users.Count > 0 ? users[0].Venue : null),
            Nickname = listed.Nickname ?? NullIfEmpty(nickname),
            Status = knownStatus,
            Effect = ImpactEffect.Of(isRevoked, UnknownBecause is null, users),
            TradingAccountCount = UnknownBecause is null ? users.Count : null,
            TradingAccounts = users,
            Summary = isRevoked ? ImpactText.Revoked
                : UnknownBecause is null && users.Count == 0 && venue is null && nickname is null && knownStatus is null ? ImpactText.NotLookedUp
                : UnknownBecause is null ? ImpactText.Disconnects(users) : ImpactText.Unknown(UnknownBecause, users),
        };
    }

    private static string? Describe(IReadOnlyList<string> gaps) => gaps.Count switch
    {
        0 => null,
        1 => gaps[0],
        _ => FormattableString.Invariant($"{gaps[0]} ({gaps.Count} such gaps in the list)"),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private Dictionary<string, ListedCredential> ReadListed()
    {
        var listed = new Dictionary<string, ListedCredential>(StringComparer.OrdinalIgnoreCase);
        foreach (ListedCredential credential in _accounts!.Accounts.SelectMany(static account => account.Credentials))
        {
            listed[credential.CredentialId] = credential;
        }

        return listed;
    }
}
