using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Sandbox.Dialects;
using Cadenza.Sandbox.Http;
using Cadenza.Sandbox.Seeding;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Endpoints;

/// <summary>credential/list: the filters of the dialect, the whole list or pages of it.</summary>
internal sealed class CredentialListEndpoint(
    SandboxOptions options, Store store, SeededRandom random, Dialect dialect, Envelope envelope)
{
    private readonly CredentialWriter _writer = new(store, dialect);

    public IEnumerable<Route> Routes => [new Route("GET", "credential/list", List)];

    private ApiResponse List(ApiCall call)
    {
        CredentialFilter filter = options.IgnoreFilters ? CredentialFilter.None : dialect.ReadFilter(call.Query);
        (IReadOnlyList<Credential> credentials, Page page) = Divide(call, filter);
        ApiResponse answer = envelope.List(
            call, credentials, page, (json, credential) => _writer.Write(json, call, credential));
        if (page.Count > 0)
        {
            Change(call.Behavior.ListChange, credentials[page.First]);
        }

        return answer;
    }

    private (IReadOnlyList<Credential> Credentials, Page Page) Divide(ApiCall call, CredentialFilter filter)
    {
        IReadOnlyList<Credential> selected = Select(filter);
        if (call.Behavior.PageSize is not { } size)
        {
            return (selected, Page.Whole(selected.Count));
        }

        switch (call.Behavior.Paging)
        {
            case SandboxPaging.Offset:
                return (selected, Page.ByOffset(call.Query, size, selected.Count));
            case SandboxPaging.CursorBeforeFilter:
                var page = Page.ByCursor(call.Query, size, store.Credentials, hasGaps: false);
                var matches = new HashSet<Credential>(selected);
                Credential[] left = [.. store.Credentials.Skip(page.First).Take(page.Count).Where(matches.Contains)];
                return (left, page.Filtered(left.Length));
            default:
                bool hasGaps = call.Behavior.Paging == SandboxPaging.CursorWithGaps;
                return (selected, Page.ByCursor(call.Query, size, selected, hasGaps));
        }
    }

    private IReadOnlyList<Credential> Select(CredentialFilter filter)
    {
        if (filter.IsEmpty)
        {
            return store.Credentials;
        }

        // A few ids of very many credentials are common, so ids are looked up; the order stays that of the list.
        IEnumerable<Credential> candidates = filter.Ids is null
            ? store.Credentials
            : filter.Ids.Select(store.Find).OfType<Credential>().Distinct().OrderBy(static c => c.Index);
        return
        [
            .. candidates.Where(
                c => Matches(filter.Type, dialect.TypeOf(c)) && Matches(filter.Status, dialect.StatusOf(c))),
        ];
    }

    private static bool Matches(string? wanted, string? value) =>
        wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);

    private void Change(ListChange change, Credential first)
    {
        switch (change)
        {
            case ListChange.Vanish:
                store.Delete(first);
                break;
            case ListChange.Move:
                store.MoveToEnd(first);
                break;
            case ListChange.Appear:
                store.AddFirst(CreateFromOtherUser(first));
                break;
        }
    }

    // With the venue, type and state of a credential of the page, so that it passes the same filter.
    private Credential CreateFromOtherUser(Credential template) => new(
        random.NextGuid(),
        template.Venue,
        "New desk " + random.NextText(4),
        random.NextGuid(),
        template.IsBroker,
        template.ApiType,
        options.UtcNow().ToUnixTimeMilliseconds())
    {
        State = template.State,
        IsColleagues = true,
    };
}
