namespace Cadenza.Commands.Journal;

/// <summary>A change as a journal identifies it.</summary>
/// <param name="Action">The verb of the change.</param>
/// <param name="CredentialId">The id of the credential; null for a credential that is not yet created.</param>
/// <param name="Venue">The venue of the credential; null if not known.</param>
/// <param name="Nickname">The nickname of the credential; null if not known.</param>
internal sealed record JournaledChange(string Action, string? CredentialId, string? Venue, string? Nickname)
{
    /// <summary>Whether the change counts as made only if the exchange accepts the new keys.</summary>
    public bool IsVerified { get; init; }

    /// <summary>What the journal decided.</summary>
    public JournalDecision Decision { get; init; }

    /// <summary>The line that left the change unresolved when the journal decided; null if there was none.</summary>
    public JournalEntry? Unresolved { get; init; }

    /// <summary>
    /// Whether an earlier run made the change, but the journal does not show that the exchange accepts the keys.
    /// </summary>
    public bool WasMade { get; init; }

    /// <summary>What the journal shows about the keys: a word, or null.</summary>
    public string? Verified { get; init; }
}
