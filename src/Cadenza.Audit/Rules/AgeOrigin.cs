using System;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Rules;

/// <summary>The time from which the age of a key is counted, and what happened then.</summary>
/// <param name="Time">The time.</param>
/// <param name="Source">One of the words of <see cref="AgeSource"/>.</param>
internal readonly record struct AgeOrigin(DateTimeOffset Time, string Source)
{
    /// <summary>
    /// Prefers a recorded rotation. A change after it is not taken for another rotation, so an age is rather too high.
    /// </summary>
    public static AgeOrigin? Of(CadenzaCredential credential, AuditOptions options)
    {
        DateTimeOffset rotated = default;
        if (options.Rotations?.TryGetValue(credential.CredentialId, out rotated) == true)
        {
            return new AgeOrigin(rotated, AgeSource.Rotation);
        }

        return (credential.UpdatedAt, credential.CreatedAt) switch
        {
            (DateTimeOffset updated, _) => new AgeOrigin(updated, AgeSource.Change),
            (_, DateTimeOffset created) => new AgeOrigin(created, AgeSource.Creation),
            _ => null,
        };
    }
}
