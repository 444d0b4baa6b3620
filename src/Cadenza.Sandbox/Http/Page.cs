using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Cadenza.Sandbox.State;

namespace Cadenza.Sandbox.Http;

/// <summary>Which part of a list an answer holds.</summary>
internal sealed class Page
{
    private const string CursorWord = "after";

    private Page(int offset, int limit, int total)
    {
        Total = total;
        Offset = offset;
        Limit = limit;
        Count = Math.Max(0, Math.Min(limit, total - offset));
    }

    public int Offset { get; }

    public int Limit { get; }

    public int Total { get; }

    /// <summary>How many items the page really holds.</summary>
    public int Count { get; }

    public bool HasNext => Offset + Count < Total;

    /// <summary>Where the next page starts, or null.</summary>
    public string? Cursor { get; private set; }

    public static Page Whole(int total) => new(0, total, total);

    public static Page ByOffset(QueryParameters query, int defaultLimit, int maxLimit, int total) =>
        new(query.Number("offset", 0, int.MaxValue) ?? 0, query.Number("limit", 1, maxLimit) ?? defaultLimit, total);

    /// <summary>A cursor says after which credential to go on, so it stays right when the list changes between two pages; an offset
    /// doesn't. A limit above the page size is cut to it.</summary>
    public static Page ByCursor(QueryParameters query, int pageSize, IReadOnlyList<Credential> credentials)
    {
        var limit = Math.Min(query.Number("limit", 1, int.MaxValue) ?? pageSize, pageSize);
        var offset = query.Last("cursor") is { } cursor
            ? PositionAfter(ReadCursor(cursor), credentials)
            : query.Number("offset", 0, int.MaxValue) ?? 0;
        var page = new Page(offset, limit, credentials.Count);
        if (page.HasNext && page.Count > 0)
        {
            var last = credentials[page.Offset + page.Count - 1].Index;
            page.Cursor = Convert.ToBase64String(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{CursorWord}:{last}")));
        }

        return page;
    }

    private static int ReadCursor(string cursor)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(Convert.FromBase64String(cursor)).Split(':');
            if (parts.Length == 2
                && string.Equals(parts[0], CursorWord, StringComparison.Ordinal)
                && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return index;
            }
        }
        catch (FormatException)
        {
            // Answered below, like every other cursor that we never gave out.
        }

        throw new ApiErrorException(ApiErrors.InvalidArgument("cursor is not valid"));
    }

    // The list is sorted by index: the first place whose index is greater.
    private static int PositionAfter(int index, IReadOnlyList<Credential> credentials)
    {
        var low = 0;
        var high = credentials.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
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
