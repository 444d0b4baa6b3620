namespace Cadenza.Commands.Journal;

/// <summary>What a journal needs to know about a change.</summary>
/// <param name="Action">The verb of the change.</param>
/// <param name="CredentialId">The credential; null for one that is to be created.</param>
/// <param name="Venue">Its venue, if known.</param>
/// <param name="Nickname">Its nickname, if known.</param>
internal sealed record JournaledChange(string Action, string? CredentialId, string? Venue, string? Nickname)
{
    /// <summary>How many times this run asked for the same change before.</summary>
    public int Occurrence { get; init; }

    /// <summary>The line that left it unresolved when the journal decided; null where there was none.</summary>
    public JournalEntry? Unresolved { get; init; }
}
