using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>tradingAccount/list. Unlike the credential list it is always paged, as its documented parameters say, and
/// by offset only.</summary>
internal sealed class AccountEndpoints(SandboxOptions options, Store store, Dialect dialect, Envelope envelope)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1_000;
    private readonly AccountWriter _writer = new(dialect);

    public IEnumerable<Route> Routes => [new Route("GET", "tradingAccount/list", List)];

    private ApiResponse List(ApiCall call)
    {
        if (call.Behavior.LocksAccounts)
        {
            store.LockAccounts(options.UtcNow().ToUnixTimeMilliseconds());
        }

        IReadOnlyList<TradingAccount> accounts = options.IgnoreFilters ? store.Accounts : Select(call.Query);
        var page = Page.ByOffset(call.Query, DefaultLimit, MaxLimit, accounts.Count);
        return envelope.List(
            call,
            accounts,
            page,
            (json, account) => _writer.Write(json, account, call.Behavior.ShownStatus ?? account.Status));
    }

    private IReadOnlyList<TradingAccount> Select(QueryParameters query)
    {
        string? id = query.Last("tradingAccountId");
        string? venue = query.Last("venue");
        string? status = query.Last("accountStatus");
        return id is null && venue is null && status is null
            ? store.Accounts
            :
            [
                .. store.Accounts.Where(a =>
                    Matches(id, a.Id.ToString("D"))
                    && Matches(venue, a.Credential.Venue)
                    && Matches(status, a.Status)),
            ];
    }

    private static bool Matches(string? wanted, string value) =>
        wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
}
