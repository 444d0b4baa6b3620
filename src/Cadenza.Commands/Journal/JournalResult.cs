using Cadenza.Client.Models;

namespace Cadenza.Commands.Journal;

/// <summary>What a journal records about the outcome of a change.</summary>
/// <param name="Credential">The changed credential; null if there is none.</param>
/// <param name="Attempts">The number of attempts to send the change.</param>
/// <param name="RequestId">The id of the last attempt; null if not known.</param>
/// <param name="ErrorId">The id of the error; null if there was none.</param>
/// <param name="Message">Details; null if there are none.</param>
internal readonly record struct JournalResult(
    CadenzaCredential? Credential, int Attempts, string? RequestId, string? ErrorId, string? Message);
