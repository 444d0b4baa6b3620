namespace Cadenza.Commands.Journal;

/// <summary>A change as a journal identifies it.</summary>
/// <param name="Action">The verb of the change.</param>
/// <param name="CredentialId">The id of the credential; null for a credential that is not yet created.</param>
/// <param name="Venue">The venue of the credential; null if not known.</param>
/// <param name="Nickname">The nickname of the credential; null if not known.</param>
internal sealed record JournaledChange(string Action, string? CredentialId, string? Venue, string? Nickname)
{
    /// <summary>How many times this run has already requested the same change.</summary>
    public int Occurrence { get; init; }

    /// <summary>The line that left the change unresolved when the journal decided; null if there was none.</summary>
    public JournalEntry? Unresolved { get; init; }
}
