using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Impact;

/// <summary>
/// The values for the effect of a revoke on the trading accounts that use the credential. Scripts compare them: do not
/// change them.
/// </summary>
/// <remarks>
/// According to the guide of the API, a revoke disconnects the accounts. According to its endpoint page, the server
/// rejects a revoke with HTTP 409 while accounts are active. A client cannot determine which of them a server does, so
/// one value covers both.
/// </remarks>
public static class ImpactEffect
{
    /// <summary>No trading account uses the credential. No account would be disconnected.</summary>
    public const string None = nameof(None);

    /// <summary>Only trading accounts that are not active use the credential. They would be disconnected.</summary>
    public const string Disconnects = nameof(Disconnects);

    /// <summary>
    /// A trading account that uses the credential is active or may be active. The accounts would be disconnected, or
    /// the server would reject the revoke with HTTP 409.
    /// </summary>
    public const string MayBeRefused = nameof(MayBeRefused);

    /// <summary>The credential is already revoked.</summary>
    public const string Revoked = nameof(Revoked);

    /// <summary>The list of trading accounts could not be read completely.</summary>
    public const string Unknown = nameof(Unknown);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [None, Disconnects, MayBeRefused, Revoked, Unknown];

    /// <summary>
    /// Returns the value for a credential. An account with an unknown status counts as possibly active.
    /// </summary>
    internal static string Determine(bool isRevoked, bool areAccountsKnown, IReadOnlyList<TradingAccount> users)
    {
        if (isRevoked || !areAccountsKnown)
        {
            return isRevoked ? Revoked : Unknown;
        }

        if (users.Count == 0)
        {
            return None;
        }

        return users.All(static account => TradingAccountStatus.IsIdle(account.Status)) ? Disconnects : MayBeRefused;
    }
}
