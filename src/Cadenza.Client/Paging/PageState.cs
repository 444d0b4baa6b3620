using Cadenza.Client.Json;

namespace Cadenza.Client.Paging;

/// <summary>A page that was read.</summary>
/// <param name="Requested">The page that was requested.</param>
/// <param name="Pagination">The pagination member of the page, or null.</param>
/// <param name="Count">The number of elements of the page.</param>
/// <param name="NewCount">The number of elements that earlier pages did not contain.</param>
/// <param name="TotalCount">The number of elements of all pages, without repeated ones.</param>
/// <param name="IsCursorNew">Whether the cursor of the page was not requested before.</param>
/// <param name="CanOverlap">Whether the server accepts any offset, so that pages can overlap.</param>
internal readonly record struct PageState(
    PageRequest Requested,
    Pagination? Pagination,
    long Count,
    long NewCount,
    long TotalCount,
    bool IsCursorNew,
    bool CanOverlap);
