using System;
using System.Collections.Generic;
using System.Threading;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Listing;

namespace Cadenza.Commands.Changes;

/// <summary>
/// Compares the credentials of the input with the server before they are changed, so that a change applies to what the
/// user saw. One list is enough for all of them, and none is needed for objects that this connection has just read.
/// </summary>
internal sealed class CredentialCheck(
    CadenzaConnection connection,
    CadenzaClient client,
    ICommandRuntime runtime,
    bool isSkipped,
    CancellationToken cancellationToken)
{
    private CurrentCredentials? _current;
    private bool _hasWarned;

    /// <summary>Whether a credential of which only the id is known must exist, even if nothing is shown.</summary>
    public bool ComparesAll { get; init; }

    /// <summary>
    /// Checks the credential of a change. Returns the change of the credential as the server knows it, or why it must
    /// not be sent.
    /// </summary>
    /// <param name="request">The change.</param>
    /// <param name="isResumed">
    /// Whether an earlier run may have made the change already, so that the status and the time may differ from the
    /// input.
    /// </param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (ChangeRequest Request, CadenzaErrorReport? Error) Check(ChangeRequest request, bool isResumed)
    {
        if (request.Existing is not CredentialReference seen)
        {
            return (request, null);
        }

        if (ServerCheck.Validate(seen, connection) is string otherServer)
        {
            return (request, ChangeErrors.ForInvalidRequest(request, CadenzaErrorKind.WrongServer, otherServer));
        }

        if (isSkipped)
        {
            WarnOnce(seen);
            return (request, null);
        }

        bool isNeeded = seen.HasDetails
            ? !client.IsFresh(seen)
            : ComparesAll || (runtime.ShowsQuestions && !isResumed);
        if (!isNeeded)
        {
            return (request, null);
        }

        _current ??= CurrentCredentials.Load(client, runtime, cancellationToken);
        return Compare(request, seen, _current, isResumed);
    }

    /// <summary>
    /// Returns an item with the venue and the nickname of the server where it does not have them, for messages and
    /// results.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public CredentialReference Identify(CredentialReference item)
    {
        bool hasVenue = !string.IsNullOrEmpty(item.Venue);
        bool isNamed = hasVenue && (_current is null || !string.IsNullOrEmpty(item.Nickname));
        if (!ComparesAll || isSkipped || isNamed || CredentialIdRules.Validate(item.CredentialId) is not null)
        {
            return item;
        }

        _current ??= CurrentCredentials.Load(client, runtime, cancellationToken);
        return _current.Find(item.CredentialId!) is CadenzaCredential actual
            ? item with
            {
                Venue = hasVenue ? item.Venue : actual.Venue,
                Nickname = string.IsNullOrEmpty(item.Nickname) ? actual.Nickname : item.Nickname,
            }
            : item;
    }

    private static (ChangeRequest Request, CadenzaErrorReport? Error) Compare(
        ChangeRequest request, in CredentialReference seen, CurrentCredentials current, bool isResumed)
    {
        if (current.Find(seen.CredentialId!) is not CadenzaCredential actual)
        {
            bool hasNothingToCompare = current.Failure is null ? isResumed : !seen.HasDetails;
            if (hasNothingToCompare)
            {
                // The prompt shows the id that was typed. A server may not list what an earlier run revoked.
                return (request, null);
            }

            return (request, current.Failure is string failure
                ? ChangeErrors.ForRefusal(
                    request,
                    CadenzaErrorKind.CheckFailed,
                    Messages.CannotCompare(failure),
                    isResumed)
                : ChangeErrors.ForInvalidRequest(
                    request, CadenzaErrorKind.CredentialNotFound, Messages.NoSuchCredential));
        }

        return CredentialDifference.Find(seen, actual, isResumed) is string difference
            ? (request, ChangeErrors.ForRefusal(request, CadenzaErrorKind.CredentialChanged, difference, isResumed))
            : (request.WithCredential(CredentialReference.Of(actual)), null);
    }

    private void WarnOnce(in CredentialReference seen)
    {
        if (seen.HasDetails && !_hasWarned)
        {
            _hasWarned = true;
            runtime.WriteWarning(Messages.NotCompared);
        }
    }
}
