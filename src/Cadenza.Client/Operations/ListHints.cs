using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>The parts of a filter that are sent to the server, so that it can return less.</summary>
internal sealed class ListHints
{
    public static readonly ListHints None = new();

    /// <summary>Proxies truncate long query strings. Above this length the whole list is requested.</summary>
    private const int MaxQueryLength = 2000;

    public string? CredentialType { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<string> CredentialIds { get; init; } = [];

    public bool IsEmpty => CredentialType is null && Status is null && CredentialIds.Count == 0;

    /// <summary>
    /// Hints are unambiguous for every server: one status or type in the API's spelling, because a server may compare
    /// case-sensitively. With ids, no other hint is sent, so that "filtered out" is not reported as "does not exist".
    /// </summary>
    /// <param name="filter">The filter.</param>
    /// <param name="needsWholeList">
    /// Whether the list must show which values there are. A list that the server filters does not.
    /// </param>
    public static ListHints Of(CredentialFilter filter, bool needsWholeList)
    {
        if (filter.CredentialIds.Count > 0)
        {
            return OfIds(filter.CredentialIds);
        }

        return needsWholeList || filter.Statuses.Count + filter.CredentialTypes.Count == 0 ? None : OfValues(filter);
    }

    /// <summary>The same hints without those that depend on properties that can change.</summary>
    public ListHints WithoutFilters() => new() { CredentialIds = CredentialIds };

    private static ListHints OfIds(IReadOnlyList<string> ids)
    {
        int length = ids.Sum(static id => Uri.EscapeDataString(id).Length + "credentialIds=&".Length);
        return length <= MaxQueryLength ? new ListHints { CredentialIds = ids } : None;
    }

    private static ListHints OfValues(CredentialFilter filter) => new()
    {
        Status = filter.Statuses.Count == 1 ? FindKnown(filter.Statuses[0], CredentialStatus.Known) : null,
        CredentialType = filter.CredentialTypes.Count == 1
            ? FindKnown(filter.CredentialTypes[0], CredentialTypes.Known)
            : null,
    };

    private static string? FindKnown(string value, IReadOnlyList<string> known) =>
        known.FirstOrDefault(name => name.Equals(value, StringComparison.OrdinalIgnoreCase));
}
