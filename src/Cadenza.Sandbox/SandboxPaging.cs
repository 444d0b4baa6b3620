namespace Cadenza.Sandbox;

/// <summary>How a credential list is divided into pages, if it is.</summary>
public enum SandboxPaging
{
    /// <summary>By a cursor that names the last credential of the page, so that a change of the list moves no
    /// page.</summary>
    Cursor,

    /// <summary>By offset, cut after the filter: a credential that leaves the filter moves the later pages.</summary>
    Offset,

    /// <summary>By cursor, cut before the filter: a page can be empty although more follow.</summary>
    CursorBeforeFilter,

    /// <summary>By cursor, with an empty page between two pages.</summary>
    CursorWithGaps,
}
