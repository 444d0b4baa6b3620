using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/list: filters of the dialect, the whole list or pages of it.</summary>
internal sealed class CredentialListEndpoint(SandboxOptions options, Store store, Dialect dialect, Envelope envelope)
{
    public IEnumerable<Route> Routes => [new Route("GET", "credential/list", List)];

    private ApiResponse List(ApiCall call)
    {
        var credentials = Select(options.IgnoreFilters ? CredentialFilter.None : dialect.ReadFilter(call.Query));
        var page = options.PageSize is { } size ? Page.ByCursor(call.Query, size, credentials) : Page.Whole(credentials.Count);
        return envelope.List(credentials, page, dialect.Write);
    }

    private IReadOnlyList<Credential> Select(CredentialFilter filter)
    {
        if (filter.IsEmpty)
        {
            return store.Credentials;
        }

        // Few ids of very many credentials are common, so ids are looked up, not compared; the order is the list's all the same.
        IEnumerable<Credential> candidates = filter.Ids is null
            ? store.Credentials
            : filter.Ids.Select(store.Find).OfType<Credential>().Distinct().OrderBy(static c => c.Index);
        return candidates.Where(c => Matches(filter.Type, dialect.TypeOf(c)) && Matches(filter.Status, dialect.StatusOf(c))).ToList();
    }

    private static bool Matches(string? wanted, string? value) => wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
}
