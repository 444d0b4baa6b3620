using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Cadenza.Client.Requests;

/// <summary>What the server is told of a filter, so that it may send less.</summary>
internal sealed class ListHints
{
    public static readonly ListHints None = new();

    public string? CredentialType { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string> CredentialIds { get; init; } = [];

    public bool IsEmpty => CredentialType is null && Status is null && CredentialIds.Count == 0;
}

/// <summary>Which page of a listing to ask for; the default asks for no page in particular.</summary>
internal readonly record struct PageRequest(string? Cursor, long? Offset, long? Limit)
{
    public void AppendTo(StringBuilder query)
    {
        CredentialRequests.Append(query, "cursor", Cursor);
        CredentialRequests.Append(query, "offset", Offset?.ToString(CultureInfo.InvariantCulture));
        CredentialRequests.Append(query, "limit", Limit?.ToString(CultureInfo.InvariantCulture));
    }
}
