using System.Collections.Generic;

namespace Cadenza.Client.Models;

/// <summary>
/// The answers of a verification. They are words, so that they compare in the same way after a conversion to CSV, JSON
/// or CLIXML.
/// </summary>
public static class VerificationAnswer
{
    /// <summary>The exchange accepts the key.</summary>
    public const string Accepted = "Accepted";

    /// <summary>The exchange does not accept the key.</summary>
    public const string Rejected = "Rejected";

    /// <summary>
    /// The server does not know yet whether the exchange accepts the key, or sends a status that this module does not
    /// know.
    /// </summary>
    public const string NotYetKnown = "NotYetKnown";

    /// <summary>The credential is revoked, so that there is no key to verify.</summary>
    public const string NotApplicable = "NotApplicable";

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Accepted, Rejected, NotYetKnown, NotApplicable];
}
