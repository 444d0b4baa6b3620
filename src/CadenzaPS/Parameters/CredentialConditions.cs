using System;
using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Models;

namespace CadenzaPS.Parameters;

/// <summary>The conditions of the parameters -Status, -Venue, -CredentialType and -Health.</summary>
internal sealed class CredentialConditions(
    string[]? statuses, string[]? venues, string[]? credentialTypes, string[]? health)
{
    private readonly WildcardPattern[] _statuses = Compile(statuses);
    private readonly WildcardPattern[] _venues = Compile(venues);
    private readonly WildcardPattern[] _types = Compile(credentialTypes);
    private readonly HashSet<string> _health = new(health ?? [], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether every credential matches.</summary>
    public bool IsEmpty { get; } =
        statuses is null && venues is null && credentialTypes is null && health is null;

    /// <summary>
    /// Whether a credential with these traits can match. Without a status, the health is not known from the traits.
    /// </summary>
    public bool MayMatch(CredentialTraits traits) =>
        IsMatch(_venues, traits.Venue)
        && IsMatch(_statuses, traits.Status)
        && IsMatch(_types, traits.CredentialType)
        && (_health.Count == 0
            || string.IsNullOrEmpty(traits.Status)
            || _health.Contains(CredentialHealth.Of(CredentialStatus.GroupOf(traits.Status))));

    /// <summary>Whether a credential that <see cref="MayMatch"/> has the health.</summary>
    public bool HasHealth(CadenzaCredential credential) => _health.Count == 0 || _health.Contains(credential.Health);

    /// <summary>Whether a credential matches.</summary>
    public bool IsMatch(CadenzaCredential credential) =>
        MayMatch(new CredentialTraits(credential.Venue, credential.CredentialType, credential.Status))
        && HasHealth(credential);

    private static WildcardPattern[] Compile(string[]? patterns) =>
        patterns is null ? [] : Array.ConvertAll(patterns, NicknamePatterns.Compile);

    private static bool IsMatch(WildcardPattern[] patterns, string? value) =>
        patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.IsMatch(value ?? ""));
}
