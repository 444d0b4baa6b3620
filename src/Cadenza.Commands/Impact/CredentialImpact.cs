using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Impact;

/// <summary>
/// What revoking a credential would do. Its <see cref="CredentialId"/>, <see cref="Venue"/> and <see cref="Nickname"/> bind to the commands
/// that change credentials, also after a round trip through a file.
/// </summary>
public sealed class CredentialImpact
{
    internal CredentialImpact()
    {
    }

    /// <summary>The credential's id.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The credential's nickname; null where it has none, or the input did not tell it and no account lists it.</summary>
    public string? Nickname { get; init; }

    /// <summary>The credential's venue; null as for <see cref="Nickname"/>.</summary>
    public string? Venue { get; init; }

    /// <summary>The credential's status, as the input told it or, failing that, as the accounts list it; null where neither does.</summary>
    public string? Status { get; init; }

    /// <summary>What a revoke would do: one of <see cref="ImpactEffect"/>.</summary>
    public required string Effect { get; init; }

    /// <summary>How many trading accounts use the credential; null where that is not known.</summary>
    public int? TradingAccountCount { get; init; }

    /// <summary>The trading accounts that use the credential, as far as they are known, in the server's order.</summary>
    public IReadOnlyList<TradingAccount> TradingAccounts { get; init => field = ReadableList<TradingAccount>.Of(value); } = ReadableList<TradingAccount>.Of([]);

    /// <summary>
    /// The effect as the rest of a sentence: <c>disconnects 2 trading accounts (Main SPOT, Main MARGIN)</c>, <c>disconnects no trading
    /// account</c>, <c>trading accounts unknown: …</c> or <c>is revoked already</c>.
    /// </summary>
    public required string Summary { get; init; }

    /// <summary>The credential in words and the effect: <c>BINANCE 'desk 7' (660e8400-…): disconnects no trading account</c>.</summary>
    public override string ToString() => $"{DisplayName.Format(Venue, Nickname, CredentialId)}: {Summary}";
}
