using System.Globalization;
using System.Text;
using Cadenza.Client.Http;

namespace Cadenza.Client.Paging;

/// <summary>The page of a list to request.</summary>
internal sealed record PageRequest(string? Cursor, long? Offset, long? Limit)
{
    public static readonly PageRequest First = new(Cursor: null, Offset: null, Limit: null);

    public void AppendTo(StringBuilder query)
    {
        QueryString.Append(query, "cursor", Cursor);
        QueryString.Append(query, "offset", Offset?.ToString(CultureInfo.InvariantCulture));
        QueryString.Append(query, "limit", Limit?.ToString(CultureInfo.InvariantCulture));
    }
}
