using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
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

/// <summary>Lists all trading accounts, across all pages.</summary>
internal sealed class TradingAccountLister(RequestSender sender) : IListTarget
{
    private readonly List<TradingAccount> _accounts = [];
    private readonly List<string> _gaps = [];
    private readonly InternedValues _interned = new();

    /// <summary>Lists the accounts.</summary>
    /// <exception cref="ApiException">The list failed or is incomplete.</exception>
    public async Task<TradingAccountList> RunAsync(CancellationToken cancellationToken)
    {
        await new PageEnumerator(sender, CredentialRequests.ListAccounts, this).RunAsync(cancellationToken)
            .ConfigureAwait(false);
        return new TradingAccountList(_accounts, _gaps);
    }

    string IListTarget.Elements => "trading accounts";

    bool IListTarget.IsFilteredByServer => false;

    void IListTarget.Add(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        _interned.CountRow();
        if (_interned.IsLongList)
        {
            AddOptimized(json, redactor, seen);
        }
        else
        {
            AddCore(json, redactor, seen);
        }
    }

    [MethodImpl(HotPath.Optimized)]
    private void AddOptimized(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen) =>
        AddCore(json, redactor, seen);

    [MethodImpl(HotPath.Inlined)]
    private void AddCore(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        TradingAccount account = TradingAccountReader.Read(json, redactor, _interned);

        // An account without an id is identified by its whole JSON.
        if (seen.Add(account.TradingAccountId ?? Encoding.UTF8.GetString(json.ToArray())))
        {
            _accounts.Add(account);
        }
    }

    void IListTarget.AddError(ApiException error) => _gaps.Add(error.Message);

    void IListTarget.AddWarning(string warning) => _gaps.Add(warning);

    /// <summary>The accounts are returned only when the list is complete.</summary>
    void IListTarget.Hold()
    {
    }

    bool IListTarget.TryRestart()
    {
        _accounts.Clear();
        _gaps.Clear();
        return true;
    }

    void IListTarget.Release()
    {
    }

    ValueTask IListTarget.FlushAsync(CancellationToken cancellationToken) => default;
}
