using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace Cadenza.Client.Models;

/// <summary>
/// Selects the credentials to list. Comparisons are not case-sensitive, except of ids. An empty list matches
/// everything.
/// </summary>
public sealed class CredentialFilter
{
    /// <summary>A filter that matches every credential.</summary>
    public static readonly CredentialFilter All = new();

    // A set, because there can be thousands of ids and rows.
    private readonly HashSet<string>? _ids;

    /// <summary>The ids to list. Each id that does not exist is reported as an error. Default: all.</summary>
    public IReadOnlyList<string> CredentialIds
    {
        get;
        init
        {
            field = value;
            _ids = new HashSet<string>(value, CredentialIdComparer.Instance);
        }
    }
    = [];

    /// <summary>The statuses to list. Default: all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The credential types to list. Default: all.</summary>
    public IReadOnlyList<string> CredentialTypes { get; init; } = [];

    /// <summary>
    /// Values to warn about if no credential has them, in addition to the statuses and types of this filter. Default:
    /// none.
    /// </summary>
    internal ExpectedValues Expected { get; init; } = ExpectedValues.None;

    /// <summary>
    /// A condition on venue, type and status, such as a wildcard. Evaluated before the object is created. Default:
    /// none.
    /// </summary>
    internal Func<CredentialTraits, bool>? PreFilter { get; init; }

    /// <summary>Another condition, such as a wildcard on the nickname. Default: none.</summary>
    public Func<CadenzaCredential, bool>? Where { get; init; }

    /// <summary>
    /// Matches only credentials that were last changed before this time, not those without a time. Default: none.
    /// </summary>
    public DateTimeOffset? UpdatedBefore { get; init; }

    /// <summary>The number of matching credentials to skip. Default: 0.</summary>
    public long Skip { get; init; }

    /// <summary>The maximum number of credentials to list, or null (default) for all.</summary>
    public long? First { get; init; }

    /// <summary>Whether the id is one of the requested ids.</summary>
    internal bool HasId(string credentialId) => _ids is not null && _ids.Contains(credentialId);

    /// <summary>Whether the credential matches, apart from <see cref="Skip"/> and <see cref="First"/>.</summary>
    [MethodImpl(HotPath.Inlined)]
    internal bool Matches(CadenzaCredential credential) =>
        (_ids is not { Count: > 0 } || _ids.Contains(credential.CredentialId))
        && MayMatch(
            new CredentialTraits(credential.Venue, credential.CredentialType, credential.Status), credential.UpdatedAt)
        && (Where is null || Where(credential));

    /// <summary>Whether a credential with these traits and this time of change can match.</summary>
    [MethodImpl(HotPath.Inlined)]
    internal bool MayMatch(CredentialTraits traits, DateTimeOffset? updatedAt) =>
        Contains(Statuses, traits.Status)
        && Contains(CredentialTypes, traits.CredentialType)
        && (UpdatedBefore is null || updatedAt < UpdatedBefore)
        && (PreFilter is null || PreFilter(traits));

    /// <summary>Called for every row. An enumerator would be allocated each time.</summary>
    [MethodImpl(HotPath.Inlined)]
    private static bool Contains(IReadOnlyList<string> values, string? value)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (string.Equals(values[i], value, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return values.Count == 0;
    }
}
