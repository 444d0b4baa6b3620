using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>tradingAccount/list. Unlike the credential list it always pages, as its documented parameters say, and
/// by offset only.</summary>
internal sealed class AccountEndpoints(SandboxOptions options, Store store, Dialect dialect, Envelope envelope)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1_000;
    private readonly AccountWriter _writer = new(dialect);

    public IEnumerable<Route> Routes => [new Route("GET", "tradingAccount/list", List)];

    private ApiResponse List(ApiCall call)
    {
        var accounts = options.IgnoreFilters ? store.Accounts : Select(call.Query);
        return envelope.List(accounts, Page.ByOffset(call.Query, DefaultLimit, MaxLimit, accounts.Count), _writer.Write);
    }

    private IReadOnlyList<TradingAccount> Select(QueryParameters query)
    {
        var id = query.Last("tradingAccountId");
        var venue = query.Last("venue");
        var status = query.Last("accountStatus");
        return id is null && venue is null && status is null
            ? store.Accounts
            : store.Accounts
                .Where(a => Matches(id, a.Id.ToString("D")) && Matches(venue, a.Credential.Venue) && Matches(status, a.Status))
                .ToList();
    }

    private static bool Matches(string? wanted, string value) => wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
}
