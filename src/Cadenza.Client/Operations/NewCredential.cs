using System;
using Cadenza.Client.Models;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>What a credential is created from.</summary>
public sealed class NewCredential
{
    /// <summary>Describes a credential to create.</summary>
    /// <exception cref="ArgumentException">There is no venue.</exception>
    public NewCredential(string venue, ApiKeySet keys)
    {
        Venue = string.IsNullOrWhiteSpace(venue) ? throw new ArgumentException("The venue is empty.", nameof(venue)) : venue;
        Keys = keys;
    }

    /// <summary>The venue, such as OKX.</summary>
    public string Venue { get; }

    /// <summary>The display name; null for none. Only by its name can a credential be found again whose creation's answer was lost.</summary>
    public string? Nickname { get; init; }

    /// <summary>The kind of credential. Default EXCHANGE, as on the API's endpoint page.</summary>
    public string CredentialType { get; init; } = CredentialTypes.Default;

    internal ApiKeySet Keys { get; }

    /// <summary>Venue and nickname.</summary>
    public override string ToString() => TextSanitizer.Sanitize(string.IsNullOrEmpty(Nickname) ? $"{Venue} without a nickname" : $"{Venue} '{Nickname}'");

    /// <summary>Whether a credential could be the one that was created from this.</summary>
    internal bool CouldBe(CadenzaCredential credential, DateTimeOffset since) =>
        Venue.Equals(credential.Venue, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Nickname, credential.Nickname, StringComparison.Ordinal)
        && credential.CreatedAt >= since;
}
