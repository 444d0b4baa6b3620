using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Paging;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>Lists all trading accounts, over as many pages as there are.</summary>
internal sealed class TradingAccountLister(RequestSender sender) : IListTarget
{
    private readonly List<TradingAccount> _accounts = [];
    private readonly List<string> _gaps = [];

    /// <summary>Lists them.</summary>
    /// <exception cref="ApiException">The list failed or broke off.</exception>
    public async Task<TradingAccountList> RunAsync(CancellationToken cancellationToken)
    {
        await new PageWalk(sender, CredentialRequests.ListAccounts, this).RunAsync(cancellationToken).ConfigureAwait(false);
        return new TradingAccountList(_accounts, _gaps);
    }

    string IListTarget.Elements => "trading accounts";

    void IListTarget.Take(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        TradingAccount account = TradingAccountReader.Read(json, redactor);

        // One without an id is told from others by all that it says.
        if (seen.Add(account.TradingAccountId ?? Encoding.UTF8.GetString(json.ToArray())))
        {
            _accounts.Add(account);
        }
    }

    void IListTarget.TakeBad(ApiException error) => _gaps.Add(error.Message);

    void IListTarget.Warn(string warning) => _gaps.Add(warning);

    ValueTask IListTarget.FlushAsync(CancellationToken cancellationToken) => default;
}
