using Cadenza.Client.Errors;
using Cadenza.Client.Json;

namespace Cadenza.Client.Paging;

/// <summary>The step after a page.</summary>
/// <param name="Next">The next page to request, or null at the end.</param>
/// <param name="Warning">Why the listing ends although the server reports more elements, or null.</param>
internal sealed record PagePlan(PageRequest? Next, string? Warning)
{
    private static readonly PagePlan Done = new(Next: null, Warning: null);

    /// <summary>
    /// Decides whether to request another page. The server may page by cursor, by hasNext with an offset, or report
    /// only a total or only a limit. The current server sends the whole list at once.
    /// </summary>
    /// <param name="page">The page that was read.</param>
    /// <param name="elements">The name of the elements, for messages.</param>
    public static PagePlan After(in PageState page, string elements)
    {
        Pagination? pagination = page.Pagination;
        long start = pagination?.Offset ?? page.Requested.Offset ?? 0;
        bool hasNext = pagination?.HasNext ?? ReportsMore(page, start + page.Count);
        if (!hasNext)
        {
            return Done;
        }

        if (!string.IsNullOrEmpty(pagination!.Cursor))
        {
            // A server that cuts pages before it filters sends pages without elements: only a repeated cursor ends it.
            return page.IsCursorNew
                ? new PagePlan(new PageRequest(pagination.Cursor, Offset: null, pagination.Limit), null)
                : new PagePlan(
                    null, Messages.RepeatedCursor(elements));
        }

        if (page.NewCount == 0)
        {
            return new PagePlan(
                null,
                pagination is { HasNext: null, Total: null }
                    ? Messages.SameElementsAgain(elements)
                    : Messages.NoNewElements(elements));
        }

        // The last element is requested again. If it is not the first one of the next page, the list has changed.
        long overlap = page.CanOverlap && page.Count > 1 ? 1 : 0;
        return new PagePlan(new PageRequest(Cursor: null, start + page.Count - overlap, pagination.Limit), null);
    }

    /// <summary>
    /// Without hasNext: whether the total exceeds the elements so far or, without a total, the cursor is new or,
    /// without a cursor, the page is full.
    /// </summary>
    private static bool ReportsMore(in PageState page, long soFar) => page.Pagination switch
    {
        { Total: long total, Cursor: { Length: > 0 } } => total > page.TotalCount,
        { Total: long total } => total > soFar,
        { Cursor: { Length: > 0 } cursor } => cursor != page.Requested.Cursor,

        // A full page of an offset list may have a successor. A short or empty one has none.
        { Offset: not null, Limit: long limit and > 0 } => page.Count >= limit,
        _ => false,
    };
}
