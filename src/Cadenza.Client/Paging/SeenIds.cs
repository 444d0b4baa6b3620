using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

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

    private bool _hasLast;
    private Guid _lastGuid;
    private string? _lastOther;
    private string? _lastUnparsed;
    private Guid _previousGuid;
    private string? _previousOther;
    private bool _hasPrevious;

    /// <summary>The number of ids of the current page.</summary>
    public long InPage { get; private set; }

    /// <summary>The number of new ids of the current page.</summary>
    public long NewInPage { get; private set; }

    /// <summary>The number of elements of the current page that cannot be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>The number of elements of all pages, without repeated ids.</summary>
    public long Total { get; private set; }

    /// <summary>
    /// Whether the first element of the current page is the last one of the page before it. Null if one of them has no
    /// id.
    /// </summary>
    public bool? RepeatsLast { get; private set; }

    /// <summary>The id of the last element, or null if it has none.</summary>
    public string? Last
    {
        get
        {
            ParseLast();
            return !_hasLast ? null : _lastOther ?? _lastGuid.ToString("D");
        }
    }

    /// <summary>Starts a new page.</summary>
    public void StartPage()
    {
        ParseLast();
        (_previousGuid, _previousOther) = (_lastGuid, _lastOther);
        _hasPrevious = InPage > 0 && _hasLast;
        (InPage, NewInPage, Unreadable, RepeatsLast) = (0, 0, 0, null);
    }

    /// <summary>Adds an id. Returns whether it is new.</summary>
    [MethodImpl(HotPath.Inlined)]
    public bool Add(string id)
    {
        if (IsFull)
        {
            // Only the last one of the page is compared later.
            (_lastUnparsed, _hasLast) = (id, true);
            return Count(NewInPage > 0);
        }

        if (TryParse(id, out Guid guid))
        {
            return Add(guid);
        }

        Compare(default, id);
        return Count(_others.Add(id));
    }

    /// <summary>Adds an id from its bytes if it is a UUID, without decoding it to text.</summary>
    public bool TryAdd(ReadOnlySpan<byte> utf8, out bool isNew)
    {
        bool isGuid = Utf8Parser.TryParse(utf8, out Guid guid, out int length, 'D') && length == utf8.Length;
        isNew = isGuid && Add(guid);
        return isGuid;
    }

    /// <summary>Adds an element without an id.</summary>
    public void AddUnreadable()
    {
        Unreadable++;
        Total++;
        _hasLast = false;
        _lastUnparsed = null;
    }

    [MethodImpl(HotPath.Inlined)]
    private bool Add(Guid guid)
    {
        Compare(guid, null);
        return Count(IsFull ? NewInPage > 0 : _guids.Add(guid));
    }

    /// <summary>The parser also accepts a sign or 0x in a group, so that two ids could give one UUID.</summary>
    private static bool TryParse(string id, out Guid guid)
    {
        guid = default;
        return id.IndexOfAny(['+', 'x', 'X']) < 0 && Guid.TryParseExact(id, "D", out guid);
    }

    private void ParseLast()
    {
        if (_lastUnparsed is string id)
        {
            _lastOther = TryParse(id, out _lastGuid) ? null : id;
            _lastUnparsed = null;
        }
    }

    private bool IsFull => InPage >= MaxRememberedPerPage;

    [MethodImpl(HotPath.Inlined)]
    private void Compare(Guid guid, string? other)
    {
        if (InPage == 0 && Unreadable == 0 && _hasPrevious)
        {
            RepeatsLast = guid == _previousGuid && string.Equals(other, _previousOther, StringComparison.Ordinal);
        }

        (_lastGuid, _lastOther, _hasLast, _lastUnparsed) = (guid, other, true, null);
    }

    [MethodImpl(HotPath.Inlined)]
    private bool Count(bool isNew)
    {
        InPage++;
        NewInPage += isNew ? 1 : 0;
        Total += isNew ? 1 : 0;
        return isNew;
    }
}
