using System;
using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// Values that a user specified without wildcards. A list warns about those that no credential has, because a
/// misspelled value otherwise looks like a list without credentials.
/// </summary>
internal sealed class ExpectedValues
{
    /// <summary>No values.</summary>
    public static readonly ExpectedValues None = new();

    /// <summary>The statuses. Default: none.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The venues. Default: none.</summary>
    public IReadOnlyList<string> Venues { get; init; } = [];

    /// <summary>The credential types. Default: none.</summary>
    public IReadOnlyList<string> CredentialTypes { get; init; } = [];

    /// <summary>The nicknames. Default: none.</summary>
    public IReadOnlyList<string> Nicknames { get; init; } = [];

    /// <summary>
    /// Whether an expected value means an actual one. Default: they are equal, whatever the case of letters.
    /// </summary>
    public Func<string, string, bool> Matches { get; init; } =
        static (expected, actual) => expected.Equals(actual, StringComparison.OrdinalIgnoreCase);
}
