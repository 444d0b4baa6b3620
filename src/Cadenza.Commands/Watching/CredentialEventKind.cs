using System.Collections.Generic;

namespace Cadenza.Commands.Watching;

/// <summary>
/// What happened to a credential. The values are words, so that they compare in the same way after a conversion to CSV,
/// JSON or CLIXML.
/// </summary>
public static class CredentialEventKind
{
    /// <summary>The credential was not in the list before.</summary>
    public const string Appeared = nameof(Appeared);

    /// <summary>The credential is no longer in the list.</summary>
    public const string Disappeared = nameof(Disappeared);

    /// <summary>The credential has another status.</summary>
    public const string StatusChanged = nameof(StatusChanged);

    /// <summary>
    /// The masked API key is another one, or the credential was changed without any other visible difference.
    /// </summary>
    public const string KeysRotated = nameof(KeysRotated);

    /// <summary>The credential has another nickname.</summary>
    public const string Renamed = nameof(Renamed);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Appeared, Disappeared, StatusChanged, KeysRotated, Renamed];
}
