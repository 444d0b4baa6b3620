using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>
/// What revoking a credential would do to the trading accounts that use it, in words that stay as they are: scripts compare them.
/// </summary>
/// <remarks>
/// The API's guide says that a revoke disconnects the accounts, its endpoint page that it is refused (HTTP 409) while accounts are active.
/// Which of the two a server does, and by what it judges "active", cannot be seen from outside: so one word says both.
/// </remarks>
public static class ImpactEffect
{
    /// <summary>No trading account uses the credential: nothing would be disconnected.</summary>
    public const string None = nameof(None);

    /// <summary>Trading accounts use it, none of them active: they would be disconnected.</summary>
    public const string Disconnects = nameof(Disconnects);

    /// <summary>A trading account that uses it is active, or may be: the accounts would be disconnected, or the revoke refused (HTTP 409).</summary>
    public const string MayBeRefused = nameof(MayBeRefused);

    /// <summary>The credential is revoked already.</summary>
    public const string Revoked = nameof(Revoked);

    /// <summary>The list of trading accounts could not be had, or not all of it could be read.</summary>
    public const string Unknown = nameof(Unknown);

    /// <summary>Every word.</summary>
    public static IReadOnlyList<string> All { get; } = [None, Disconnects, MayBeRefused, Revoked, Unknown];

    /// <summary>The word for a credential with these users. An account whose status is not known to be idle may be active.</summary>
    internal static string Of(bool isRevoked, bool areAccountsKnown, IReadOnlyList<TradingAccount> users)
    {
        if (isRevoked || !areAccountsKnown)
        {
            return isRevoked ? Revoked : Unknown;
        }

        return users.Count == 0 ? None : users.All(static account => TradingAccountStatus.IsIdle(account.Status)) ? Disconnects : MayBeRefused;
    }
}
