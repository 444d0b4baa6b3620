using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Client.Models;

/// <summary>Which credentials a listing shall bring. Words are compared without regard to case; an empty list lets all pass.</summary>
public sealed class CredentialFilter
{
    /// <summary>Lets everything pass.</summary>
    public static readonly CredentialFilter All = new();

    // Thousands of ids against thousands of rows.
    private readonly HashSet<string>? _wantedIds;

    /// <summary>The wanted ids; each one that the server does not have is reported.</summary>
    public IReadOnlyList<string> CredentialIds
    {
        get;
        init
        {
            field = value;
            _wantedIds = new HashSet<string>(value, StringComparer.OrdinalIgnoreCase);
        }
    }
    = [];

    /// <summary>The wanted statuses.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The wanted credential types.</summary>
    public IReadOnlyList<string> CredentialTypes { get; init; } = [];

    /// <summary>What must hold of venue, type and status, such as a wildcard. Asked before an object is made of the credential.</summary>
    public Func<CredentialTraits, bool>? PreFilter { get; init; }

    /// <summary>Whatever else must hold, such as a wildcard on the nickname.</summary>
    public Func<CadenzaCredential, bool>? Where { get; init; }

    /// <summary>Lets pass only what was last changed before this time; what has no such time does not pass.</summary>
    public DateTimeOffset? UpdatedBefore { get; init; }

    /// <summary>How many of the matching ones to leave out at the beginning.</summary>
    public long Skip { get; init; }

    /// <summary>How many of the matching ones to bring at most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>Whether the credential passes, apart from <see cref="Skip"/> and <see cref="First"/>.</summary>
    public bool Matches(CadenzaCredential credential) =>
        (_wantedIds is not { Count: > 0 } || _wantedIds.Contains(credential.CredentialId))
        && MayMatch(new CredentialTraits(credential.Venue, credential.CredentialType, credential.Status), credential.UpdatedAt)
        && (Where is null || Where(credential));

    /// <summary>Whether a credential with these traits, last changed then, may pass.</summary>
    internal bool MayMatch(CredentialTraits traits, DateTimeOffset? updatedAt) =>
        Contains(Statuses, traits.Status)
        && Contains(CredentialTypes, traits.CredentialType)
        && (UpdatedBefore is null || updatedAt < UpdatedBefore)
        && (PreFilter is null || PreFilter(traits));

    private static bool Contains(IReadOnlyList<string> wanted, string? value) =>
        wanted.Count == 0 || (value is not null && wanted.Contains(value, StringComparer.OrdinalIgnoreCase));
}
