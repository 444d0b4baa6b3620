using System;
using System.Collections.Generic;

namespace Cadenza.Sandbox;

/// <summary>A snapshot of everything in the sandbox, for tests to compare with what a client reports.</summary>
public sealed class SandboxState
{
    internal SandboxState(
        IReadOnlyList<SandboxCredential> credentials, IReadOnlyList<SandboxTradingAccount> tradingAccounts)
    {
        Credentials = credentials;
        TradingAccounts = tradingAccounts;
    }

    /// <summary>All credentials in the order of the list.</summary>
    public IReadOnlyList<SandboxCredential> Credentials { get; }

    /// <summary>All trading accounts in the order of the list.</summary>
    public IReadOnlyList<SandboxTradingAccount> TradingAccounts { get; }

    /// <summary>The first credential with this nickname (case matters), or null.</summary>
    /// <param name="nickname">The nickname, for example one of <see cref="SandboxSeeds"/>.</param>
    public SandboxCredential? FindByNickname(string nickname)
    {
        foreach (SandboxCredential credential in Credentials)
        {
            if (string.Equals(credential.Nickname, nickname, StringComparison.Ordinal))
            {
                return credential;
            }
        }

        return null;
    }
}
