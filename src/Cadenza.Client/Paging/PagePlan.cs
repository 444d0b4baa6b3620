using Cadenza.Client.Json;

namespace Cadenza.Client.Paging;

/// <summary>What to do after a page.</summary>
/// <param name="Next">The page to ask for, or null at the end.</param>
/// <param name="Warning">Why the listing ends although the server says that there is more.</param>
internal readonly record struct PagePlan(PageRequest? Next, string? Warning)
{
    private static readonly PagePlan Done = new(Next: null, Warning: null);

    /// <summary>
    /// Decides whether there is another page and how to ask for it. The server may page by cursor, by hasNext with offset, or tell
    /// no more than a total; today's sends the whole list at once.
    /// </summary>
    /// <param name="pagination">What the page said of itself.</param>
    /// <param name="asked">The page that was asked for.</param>
    /// <param name="elements">How many elements it brought.</param>
    /// <param name="news">How many of them had not come before.</param>
    /// <param name="what">What the elements are.</param>
    public static PagePlan After(Pagination? pagination, PageRequest asked, long elements, long news, string what)
    {
        long start = pagination?.Offset ?? asked.Offset ?? 0;
        bool hasNext = pagination?.HasNext ?? ClaimsMore(pagination, asked, start + elements);
        if (!hasNext)
        {
            return Done;
        }

        if (news == 0)
        {
            return new PagePlan(null, $"The server says that there are more {what} but brings none that are new; the list may be incomplete.");
        }

        string? cursor = string.IsNullOrEmpty(pagination!.Cursor) ? null : pagination.Cursor;
        if (cursor is not null && cursor == asked.Cursor)
        {
            return new PagePlan(null, $"The server says that there are more {what} but gives no way to them; the list may be incomplete.");
        }

        return cursor is not null
            ? new PagePlan(new PageRequest(cursor, Offset: null, pagination.Limit), null)
            : new PagePlan(new PageRequest(Cursor: null, start + elements, pagination.Limit), null);
    }

    /// <summary>Without hasNext: a total beyond what came so far, or a new cursor where no total is told.</summary>
    private static bool ClaimsMore(Pagination? pagination, PageRequest asked, long soFar) => pagination switch
    {
        null => false,
        { Total: long total } => total > soFar,
        { Cursor: { Length: > 0 } cursor } => cursor != asked.Cursor,
        _ => false,
    };
}
