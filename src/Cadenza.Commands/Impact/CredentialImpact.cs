using System;
using System.Collections.Generic;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Impact;

/// <summary>
/// The effect of revoking a credential. <see cref="CredentialId"/>, <see cref="Venue"/> and <see cref="Nickname"/> bind
/// to the commands that change credentials, even after an export to a file and an import.
/// </summary>
public sealed class CredentialImpact
{
    internal CredentialImpact()
    {
    }

    /// <summary>The id of the credential.</summary>
    public required string CredentialId { get; init; }

    /// <summary>
    /// The nickname of the credential; null if it has none, or if neither the input nor an account contains it.
    /// </summary>
    public string? Nickname { get; init; }

    /// <summary>The venue of the credential; null if neither the input nor an account contains it.</summary>
    public string? Venue { get; init; }

    /// <summary>The status of the credential; null if neither an account nor the input contains it.</summary>
    public string? Status { get; init; }

    /// <summary>When the credential was last changed; null if not known.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The server that the credential is of; null if not known.</summary>
    public string? Server { get; init; }

    /// <summary>The effect of a revoke: a value of <see cref="ImpactEffect"/>.</summary>
    public required string Effect { get; init; }

    /// <summary>The number of trading accounts that use the credential; null if not known.</summary>
    public int? TradingAccountCount { get; init; }

    /// <summary>The known trading accounts that use the credential, in the order of the server.</summary>
    public IReadOnlyList<TradingAccount> TradingAccounts
    {
        get;
        init => field = ReadableList<TradingAccount>.Of(value);
    }
    = ReadableList<TradingAccount>.Of([]);

    /// <summary>
    /// The effect as the end of a sentence: <c>disconnects 2 trading accounts ('Main SPOT', 'Main MARGIN')</c>,
    /// followed by <c>; may be refused, because …</c> if an account may be active, <c>disconnects no trading
    /// account</c>, <c>trading accounts unknown: …</c>, <c>effect unknown: …</c>, or <c>is already revoked</c>.
    /// </summary>
    public required string Summary { get; init; }

    /// <summary>
    /// Returns the name of the credential and the effect: <c>660e8400-… (BINANCE 'desk 7'): disconnects no trading
    /// account</c>.
    /// </summary>
    public override string ToString() => $"{DisplayName.Format(Venue, Nickname, CredentialId)}: {Summary}";
}
