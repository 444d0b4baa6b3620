using System;
using System.Buffers.Text;
using System.Collections.Generic;

namespace Cadenza.Client.Paging;

/// <summary>
/// Tells ids that came on an earlier page from new ones. Remembers a bounded number of each page, by which a page that comes again is
/// known from its beginning.
/// </summary>
internal sealed class SeenIds
{
    /// <summary>The API's limit is 1,000 a page. A list that comes all at once has no second page to compare with.</summary>
    private const int MaxRememberedPerPage = 10_000;

    private readonly HashSet<Guid> _guids = [];
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);

    /// <summary>How many ids the page at hand has brought.</summary>
    public long InPage { get; private set; }

    /// <summary>How many of them were new.</summary>
    public long News { get; private set; }

    /// <summary>A new page begins.</summary>
    public void StartPage() => (InPage, News) = (0, 0);

    /// <summary>Takes note of an id; whether it is a new one.</summary>
    public bool Add(string id) => IsHexadecimal(id) && Guid.TryParseExact(id, "D", out Guid guid) ? Add(guid) : Count(IsFull ? News > 0 : _others.Add(id));

    /// <summary>The same from its bytes, if that is possible without making text of them.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out bool isNew)
    {
        bool isGuid = Utf8Parser.TryParse(utf8, out Guid guid, out int length, 'D') && length == utf8.Length;
        isNew = isGuid && Add(guid);
        return isGuid;
    }

    private bool Add(Guid guid) => Count(IsFull ? News > 0 : _guids.Add(guid));

    /// <summary>The parser would take a sign or 0x in a group of digits as well, and give two ids one number.</summary>
    private static bool IsHexadecimal(string id) => id.IndexOfAny(['+', 'x', 'X']) < 0;

    private bool IsFull => InPage >= MaxRememberedPerPage;

    private bool Count(bool isNew)
    {
        InPage++;
        News += isNew ? 1 : 0;
        return isNew;
    }
}
