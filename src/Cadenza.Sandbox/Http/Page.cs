using System;
using System.Collections.Generic;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Http;

/// <summary>The part of a list that an answer has.</summary>
internal sealed class Page
{
    private Page(int offset, int limit, int total)
    {
        Total = total;
        Offset = offset;
        First = offset;
        Limit = limit;
        Count = Math.Max(0, Math.Min(limit, total - offset));
        HasNext = Offset + Count < Total;
    }

    public int Offset { get; }

    public int Limit { get; }

    public int Total { get; }

    /// <summary>The index of its first item.</summary>
    public int First { get; private set; }

    /// <summary>The number of items that it has.</summary>
    public int Count { get; private set; }

    public bool HasNext { get; private set; }

    /// <summary>Where the next page starts; null if the list is not paged by cursor or ends here.</summary>
    public string? Cursor { get; private set; }

    public static Page Whole(int total) => new(0, total, total);

    public static Page ByOffset(QueryParameters query, int defaultLimit, int maxLimit, int total) =>
        new(query.Number("offset", 0, int.MaxValue) ?? 0, query.Number("limit", 1, maxLimit) ?? defaultLimit, total);

    /// <summary>A limit above the page size is reduced to it.</summary>
    public static Page ByOffset(QueryParameters query, int pageSize, int total) =>
        new(query.Number("offset", 0, int.MaxValue) ?? 0, Limited(query, pageSize), total);

    /// <summary>A cursor names the credential after which the list continues, so it stays correct if the list changes
    /// between two pages; an offset does not. A limit above the page size is reduced to it.</summary>
    /// <param name="query">The request's query.</param>
    /// <param name="pageSize">The most items in a page.</param>
    /// <param name="credentials">The list, sorted by index.</param>
    /// <param name="hasGaps">Whether an empty page stands between two pages.</param>
    public static Page ByCursor(
        QueryParameters query, int pageSize, IReadOnlyList<Credential> credentials, bool hasGaps)
    {
        Cursor? cursor = query.Last("cursor") is { } text ? Http.Cursor.Parse(text) : null;
        int offset = cursor is { } position
            ? PositionAfter(position.Index, credentials)
            : query.Number("offset", 0, int.MaxValue) ?? 0;
        var page = new Page(offset, Limited(query, pageSize), credentials.Count);
        if (cursor is { IsGap: true } gap)
        {
            page.Count = 0;
            page.HasNext = true;
            page.Cursor = new Cursor(gap.Index, isGap: false).ToString();
        }
        else if (page.HasNext && page.Count > 0)
        {
            page.Cursor = new Cursor(credentials[page.First + page.Count - 1].Index, hasGaps).ToString();
        }

        return page;
    }

    /// <summary>The same page of a list from which a filter has taken items out.</summary>
    /// <param name="count">The number of items that are left; they are the whole list now.</param>
    public Page Filtered(int count)
    {
        First = 0;
        Count = count;
        return this;
    }

    private static int Limited(QueryParameters query, int pageSize) =>
        Math.Min(query.Number("limit", 1, int.MaxValue) ?? pageSize, pageSize);

    // The list is sorted by index: the first position whose index is greater.
    private static int PositionAfter(int index, IReadOnlyList<Credential> credentials)
    {
        int low = 0;
        int high = credentials.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (credentials[middle].Index <= index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
