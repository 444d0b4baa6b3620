using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Results;

/// <summary>
/// Whether the exchange accepts the keys of a credential. The values are words, so that they compare in the same way
/// after a conversion to CSV, JSON or CLIXML.
/// </summary>
public static class ResultVerification
{
    /// <summary>The exchange accepts the keys.</summary>
    public const string Verified = nameof(Verified);

    /// <summary>The exchange does not accept the keys, or the credential is revoked.</summary>
    public const string NotVerified = nameof(NotVerified);

    /// <summary>The exchange has not answered yet, or it could not be asked.</summary>
    public const string NotYetKnown = nameof(NotYetKnown);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } = [Verified, NotVerified, NotYetKnown];

    /// <summary>Returns the word for the answer of a verification.</summary>
    internal static string Of(VerificationResult result) => result.Answer switch
    {
        VerificationAnswer.Accepted => Verified,
        VerificationAnswer.NotYetKnown => NotYetKnown,
        _ => NotVerified,
    };
}
