using Cadenza.Client.Json;

namespace Cadenza.Client.Paging;

/// <summary>The step after a page.</summary>
/// <param name="Next">The next page to request, or null at the end.</param>
/// <param name="Warning">Why the listing ends although the server reports more elements, or null.</param>
internal readonly record struct PagePlan(PageRequest? Next, string? Warning)
{
    private static readonly PagePlan Done = new(Next: null, Warning: null);

    /// <summary>
    /// Decides whether to request another page. The server may page by cursor, by hasNext with an offset, or report
    /// only a total. The current server sends the whole list at once.
    /// </summary>
    /// <param name="pagination">The pagination member of the page.</param>
    /// <param name="requested">The page that was requested.</param>
    /// <param name="count">The number of elements of the page.</param>
    /// <param name="newCount">The number of elements that earlier pages did not contain.</param>
    /// <param name="elements">The name of the elements, for messages.</param>
    public static PagePlan After(
        Pagination? pagination, PageRequest requested, long count, long newCount, string elements)
    {
        long start = pagination?.Offset ?? requested.Offset ?? 0;
        bool hasNext = pagination?.HasNext ?? ReportsMore(pagination, requested, start + count);
        if (!hasNext)
        {
            return Done;
        }

        if (newCount == 0)
        {
            return new PagePlan(
                null, $"The server reports more {elements} but sends no new ones. The list may be incomplete.");
        }

        string? cursor = string.IsNullOrEmpty(pagination!.Cursor) ? null : pagination.Cursor;
        if (cursor is not null && cursor == requested.Cursor)
        {
            return new PagePlan(
                null, $"The server reports more {elements} but repeats the cursor. The list may be incomplete.");
        }

        return cursor is not null
            ? new PagePlan(new PageRequest(cursor, Offset: null, pagination.Limit), null)
            : new PagePlan(new PageRequest(Cursor: null, start + count, pagination.Limit), null);
    }

    /// <summary>
    /// Without hasNext: whether the total exceeds the elements so far or, without a total, the cursor is new.
    /// </summary>
    private static bool ReportsMore(Pagination? pagination, PageRequest requested, long soFar) => pagination switch
    {
        null => false,
        { Total: long total } => total > soFar,
        { Cursor: { Length: > 0 } cursor } => cursor != requested.Cursor,
        _ => false,
    };
}
