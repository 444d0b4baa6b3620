using System.Collections.Generic;

namespace Cadenza.Audit;

/// <summary>
/// What the age of a key is counted from. The values are words, so that they compare in the same way after a conversion
/// to CSV, JSON or CLIXML.
/// </summary>
public static class AgeSource
{
    /// <summary>The last rotation that a journal records.</summary>
    public const string Rotation = nameof(Rotation);

    /// <summary>The last change of the credential, which need not be a rotation.</summary>
    public const string Change = nameof(Change);

    /// <summary>The creation of the credential, because no later change is known.</summary>
    public const string Creation = nameof(Creation);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Rotation, Change, Creation];
}
