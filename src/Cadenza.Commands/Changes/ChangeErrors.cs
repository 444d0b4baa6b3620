using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Text;
using Cadenza.Commands.Results;
using Cadenza.Commands.Verification;

namespace Cadenza.Commands.Changes;

/// <summary>Creates the errors of changes. Each error states whether the change was made.</summary>
internal static class ChangeErrors
{
    /// <summary>The error for a change that failed. It states whether the change was made.</summary>
    internal static CadenzaErrorReport ForChange(ChangeRequest request, CadenzaException exception) =>
        new(exception.Kind, DescribeChange(request, exception), request.Target, exception);

    /// <summary>The error for a change that is not valid. Nothing was sent.</summary>
    /// <param name="request">The change.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="fault">What is wrong, as the end of a sentence without the period.</param>
    internal static CadenzaErrorReport ForInvalidRequest(ChangeRequest request, CadenzaErrorKind kind, string fault) =>
        ErrorCatalog.ForInput(
            kind,
            DescribeNotMade(request.Kind, request.DisplayName, request.CredentialId, fault) + ".",
            request.Target);

    /// <summary>
    /// The error for a change that is refused. An earlier run may have made it, but nothing was sent now.
    /// </summary>
    /// <param name="request">The change.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="fault">What is wrong, as the end of a sentence without the period.</param>
    /// <param name="isResumed">Whether an earlier run may have made the change.</param>
    internal static CadenzaErrorReport ForRefusal(
        ChangeRequest request, CadenzaErrorKind kind, string fault, bool isResumed) => isResumed
        ? ForChange(request, new InputException(kind, fault + ".").AfterEarlierRun())
        : ForInvalidRequest(request, kind, fault);

    /// <summary>The error for the input of a change that is not valid. Nothing was sent.</summary>
    /// <param name="change">The kind of change.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="item">The credential in the input.</param>
    /// <param name="fault">What is wrong, as the end of a sentence.</param>
    public static CadenzaErrorReport ForChangeInput(
        ChangeKind change, CadenzaErrorKind kind, CredentialReference item, string fault)
    {
        string name = string.IsNullOrWhiteSpace(item.CredentialId)
            ? item.Origin ?? Client.Errors.Messages.NamelessCredential
            : DisplayName.Format(item.Venue, item.Nickname, item.CredentialId!);
        string message = DescribeNotMade(change, name, item.CredentialId, fault);
        return ErrorCatalog.ForInput(kind, message, item.CredentialId ?? item.Origin);
    }

    /// <summary>
    /// The sentence for a change that was canceled before it was sent, or after the server accepted it.
    /// </summary>
    internal static string DescribeCanceled(ChangeRequest request, RequestCanceledException exception) =>
        exception.IsAccepted
            ? Messages.Accepted(request.DisplayName, request.Kind.PastParticiple)
            : DescribeNotMade(request.Kind, request.DisplayName, request.CredentialId, Messages.CanceledBeforeSent);

    /// <summary>The error for a change that was made with keys that the exchange has not accepted.</summary>
    /// <param name="request">The change.</param>
    /// <param name="keys">What the exchange answered.</param>
    /// <param name="made">The result of the change; null if an earlier run made it.</param>
    internal static CadenzaErrorReport ForUnverifiedKeys(
        ChangeRequest request, KeyVerification keys, ApiResult<CadenzaCredential>? made)
    {
        bool isRejected = keys.Verified == ResultVerification.NotVerified;
        string reason = isRejected ? Messages.KeysNotAccepted(keys.Message) : Messages.KeysNotConfirmed(keys.Message);
        return ForChange(request, new ApiException(
            isRejected ? CadenzaErrorKind.NotVerified : CadenzaErrorKind.VerificationPending,
            RequestOutcome.Applied,
            reason)
        {
            Attempts = made?.Attempts ?? 0,
            RequestId = made?.RequestId,
        });
    }

    /// <summary>The error that ends a command of which more items failed than are allowed.</summary>
    /// <param name="allowed">The number of items that may fail.</param>
    /// <param name="last">The item that failed last.</param>
    /// <param name="hasJournal">Whether the command can be run again with its journal.</param>
    internal static CadenzaErrorReport ForTooManyFailures(int allowed, CredentialReference last, bool hasJournal)
    {
        string name = string.IsNullOrWhiteSpace(last.CredentialId)
            ? TextSanitizer.Sanitize(last.Origin ?? Client.Errors.Messages.NamelessCredential)
            : DisplayName.Format(last.Venue, last.Nickname, last.CredentialId!);
        return ErrorCatalog.ForInput(
            CadenzaErrorKind.TooManyFailures, Messages.TooManyFailures(allowed, name, last.Number, hasJournal));
    }

    private static string DescribeChange(ChangeRequest request, CadenzaException exception)
    {
        (ChangeKind kind, string name) = (request.Kind, request.DisplayName);
        return exception switch
        {
            // Do not state that the change was not made: another run may be making it now.
            { Kind: CadenzaErrorKind.JournalBusy } => Messages.NothingSent(name, exception.Message),
            { Outcome: RequestOutcome.Unknown } =>
                Messages.UnknownWhetherMade(name, kind.PastParticiple, exception.Message),
            { Outcome: RequestOutcome.Applied } => Messages.MadeBut(
                ErrorCatalog.Capitalize(name, request.CredentialId), kind.PastParticiple, exception.Message),
            _ => DescribeNotMade(kind, name, request.CredentialId, exception.Message),
        };
    }

    private static string DescribeNotMade(ChangeKind kind, string name, string? credentialId, string reason) =>
        Messages.NotMade(ErrorCatalog.Capitalize(name, credentialId), kind.PastParticiple, reason);
}
