using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>Checks changes with the journal, the server and the keys before they are sent.</summary>
/// <param name="check">Compares the credentials with the server.</param>
/// <param name="journal">The journal; null for no journal.</param>
/// <param name="verifies">Whether a change counts as made only if the exchange accepts the keys.</param>
/// <param name="refusesRevoked">Whether the rotation of a revoked credential is refused instead of sent.</param>
/// <param name="outcomes">Writes which changes the journal lists as made.</param>
/// <param name="refuse">Writes the error of a change that must not be sent.</param>
internal sealed class ChangeValidation(
    CredentialCheck check,
    ChangeJournal? journal,
    bool verifies,
    bool refusesRevoked,
    ChangeReporter outcomes,
    Action<CredentialReference, CadenzaErrorReport> refuse)
{
    /// <summary>Checks a change. Returns whether it is to be sent; if not, writes why.</summary>
    /// <param name="change">The change. Gets the credential as the server knows it.</param>
    /// <param name="findKeyFault">
    /// Returns why the keys cannot be set on a credential whose venue the input did not have, or null.
    /// </param>
    public bool Validate(ChangeItem change, Func<CredentialReference, string?>? findKeyFault)
    {
        if (journal is not null && !MayProceed(change, journal))
        {
            return false;
        }

        ChangeRequest request = change.Request;
        (ChangeRequest current, CadenzaErrorReport? error) = check.Check(request, change.IsResumed);
        change.Request = current;
        if (error is null && refusesRevoked && current is RotateRequest { Existing: { } known }
            && CredentialStatus.IsRevoked(known.Status))
        {
            error = ChangeErrors.ForRefusal(
                current, CadenzaErrorKind.AlreadyRevoked, Messages.IsRevoked, change.IsResumed);
        }

        if (error is null && string.IsNullOrEmpty(request.Venue) && current.Existing is { Venue.Length: > 0 } found
            && findKeyFault?.Invoke(found) is string keyFault)
        {
            error = ChangeErrors.ForRefusal(current, CadenzaErrorKind.InvalidKeys, keyFault, change.IsResumed);
        }

        return error is null || Refuse(change, error);
    }

    /// <summary>
    /// For a command that is ending: whether the journal lists the change as made. If so, writes that it is skipped.
    /// </summary>
    public bool TrySkip(ChangeItem change)
    {
        if (journal is null || change.Journaled is not null || change.Request.ValidateForJournal() is not null)
        {
            return false;
        }

        (JournalDecision decision, JournaledChange journaled) = journal.Decide(Describe(change.Request));
        if (decision != JournalDecision.AlreadyApplied)
        {
            return false;
        }

        change.Request = Identify(change.Request);
        outcomes.WriteSkipped(change, journaled);
        return true;
    }

    /// <summary>Whether the change may be sent according to the journal.</summary>
    private bool MayProceed(ChangeItem change, ChangeJournal changes)
    {
        ChangeRequest request = change.Request;
        if (request.ValidateForJournal() is string fault)
        {
            return Refuse(
                change, ChangeErrors.ForInvalidRequest(request, CadenzaErrorKind.InvalidNewCredential, fault));
        }

        (JournalDecision decision, JournaledChange journaled) = changes.Decide(Describe(request));
        change.Journaled = journaled;
        switch (decision)
        {
            case JournalDecision.AlreadyApplied:
                change.Request = Identify(request);
                outcomes.WriteSkipped(change, journaled);
                return false;
            case JournalDecision.InProgress:
                return Refuse(change, ChangeErrors.ForChange(Identify(request), new JournalException(
                    CadenzaErrorKind.JournalBusy,
                    Messages.ChangedByOtherProcess(journaled.Unresolved!.ProcessId))));
            default:
                return true;
        }
    }

    private JournaledChange Describe(ChangeRequest request) =>
        new(request.Kind.Verb, request.CredentialId, request.Venue, request.Nickname) { IsVerified = verifies };

    private ChangeRequest Identify(ChangeRequest request) => request.Existing is CredentialReference item
        ? request.WithCredential(check.Identify(item))
        : request;

    private bool Refuse(ChangeItem change, CadenzaErrorReport error)
    {
        refuse(change.Reported.Credential, error);
        return false;
    }
}
