using System;
using System.Buffers.Text;
using System.Collections.Generic;

namespace Cadenza.Client.Paging;

/// <summary>
/// Detects ids that an earlier page contained. Remembers a bounded number of ids of each page, which is enough to
/// recognize a repeated page.
/// </summary>
internal sealed class SeenIds
{
    /// <summary>The API's limit is 1,000 per page. A list in one response has no second page to compare with.</summary>
    private const int MaxRememberedPerPage = 10_000;

    private readonly HashSet<Guid> _guids = [];
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>The number of ids of the current page.</summary>
    public long InPage { get; private set; }

    /// <summary>The number of new ids of the current page.</summary>
    public long NewInPage { get; private set; }

    /// <summary>Starts a new page.</summary>
    public void StartPage() => (InPage, NewInPage) = (0, 0);

    /// <summary>Adds an id. Returns whether it is new.</summary>
    public bool Add(string id) =>
        IsHexadecimal(id) && Guid.TryParseExact(id, "D", out Guid guid)
            ? Add(guid)
            : Count(IsFull ? NewInPage > 0 : _others.Add(id));

    /// <summary>Adds an id from its bytes if it is a UUID, without decoding it to text.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out bool isNew)
    {
        bool isGuid = Utf8Parser.TryParse(utf8, out Guid guid, out int length, 'D') && length == utf8.Length;
        isNew = isGuid && Add(guid);
        return isGuid;
    }

    private bool Add(Guid guid) => Count(IsFull ? NewInPage > 0 : _guids.Add(guid));

    /// <summary>The parser also accepts a sign or 0x in a group, so that two ids could give one UUID.</summary>
    private static bool IsHexadecimal(string id) => id.IndexOfAny(['+', 'x', 'X']) < 0;

    private bool IsFull => InPage >= MaxRememberedPerPage;

    private bool Count(bool isNew)
    {
        InPage++;
        NewInPage += isNew ? 1 : 0;
        return isNew;
    }
}
