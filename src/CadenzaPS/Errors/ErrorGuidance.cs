using System;
using System.Management.Automation;
using Cadenza.Client.Errors;

namespace CadenzaPS.Errors;

/// <summary>
/// The category and the recommended action of a kind of error. docs/errors.md contains the same information.
/// </summary>
/// <param name="Category">The category of the error record.</param>
/// <param name="RecommendedAction">What a user can do about the error.</param>
internal sealed record ErrorGuidance(ErrorCategory Category, string RecommendedAction)
{
    private const string VerifyOutcome =
        "Check the credential with Get-CadenzaCredential to find out whether it was changed. ";

    /// <summary>Returns the guidance for a kind of error.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kind has no guidance.</exception>
    public static ErrorGuidance For(CadenzaErrorKind kind) =>
        ForServerErrors(kind) ?? ForTransportErrors(kind) ?? ForInputErrors(kind)
        ?? throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of error has no recommended action.");

    /// <summary>
    /// Returns the recommended action. If it is unknown whether a change was made, finding out comes first.
    /// </summary>
    /// <param name="outcome">The outcome of the request.</param>
    /// <param name="target">The credential; null if the error is not about one.</param>
    public string RecommendedActionFor(RequestOutcome outcome, string? target) =>
        target is not null && outcome == RequestOutcome.Unknown ? VerifyOutcome + RecommendedAction : RecommendedAction;

    /// <summary>The API rejected the request.</summary>
    private static ErrorGuidance? ForServerErrors(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.Unauthorized => new(
            ErrorCategory.AuthenticationError,
            "Connect again with Connect-Cadenza and a valid access token."),
        CadenzaErrorKind.LoginRejected => new(
            ErrorCategory.AuthenticationError,
            "Check the email address and the password."),
        CadenzaErrorKind.SessionExpired => new(
            ErrorCategory.AuthenticationError,
            "Sign in again with Connect-Cadenza -Credential."),
        CadenzaErrorKind.AccessDenied => new(
            ErrorCategory.PermissionDenied,
            "Ask the owner of the credential or an administrator, or connect as a user who has permission."),
        CadenzaErrorKind.CredentialNotFound => new(
            ErrorCategory.ObjectNotFound,
            "Find the credential with Get-CadenzaCredential. Ids differ between environments."),
        CadenzaErrorKind.AlreadyRevoked => new(
            ErrorCategory.InvalidOperation,
            "No action is needed on Cadenza. Also delete the key on the exchange."),
        CadenzaErrorKind.NotCompleted => new(
            ErrorCategory.OperationTimeout,
            "Wait, then check the status of the credential. To wait longer, use -WaitTimeoutSec. If the status does not "
            + "change, report the request id to the operator of the server."),
        CadenzaErrorKind.CredentialInUse => new(
            ErrorCategory.ResourceBusy,
            "Close or disconnect the active trading accounts that use the credential, then run the command again."),
        CadenzaErrorKind.AlreadyExists => new(
            ErrorCategory.ResourceExists,
            "Choose another nickname, or use the existing credential."),
        CadenzaErrorKind.InvalidRequest => new(
            ErrorCategory.InvalidArgument,
            "Correct what the server names, then run the command again."),
        CadenzaErrorKind.InvalidApiKey => new(
            ErrorCategory.InvalidArgument,
            "Check the key, the secret and the passphrase on the exchange, and that the permissions and the IP "
            + "allowlist of the key include Cadenza."),
        CadenzaErrorKind.RateLimited => new(
            ErrorCategory.LimitsExceeded,
            "Wait, then run the command again with -MaxPerMinute or a lower -ThrottleLimit."),
        CadenzaErrorKind.ServiceUnavailable => new(
            ErrorCategory.ResourceUnavailable,
            "Wait, then run the command again."),
        CadenzaErrorKind.ServerError => new(
            ErrorCategory.OperationStopped,
            "Report the request id to the operator of the server."),
        CadenzaErrorKind.Refused => new(
            ErrorCategory.OperationStopped,
            "Read the message of the server. Report the request id to the operator of the server."),
        CadenzaErrorKind.BadRow => new(
            ErrorCategory.InvalidData,
            "Report the position of the element and the request id to the operator of the server. The other "
            + "elements are complete."),
        _ => null,
    };

    /// <summary>The request did not reach the API, or what came back is not from the API.</summary>
    private static ErrorGuidance? ForTransportErrors(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.BadResponse => new(
            ErrorCategory.InvalidData,
            "Check that -BaseUri is the address of the API and that no proxy answers instead of it. Report the "
            + "request id to the operator of the server."),
        CadenzaErrorKind.ConnectionFailed => new(
            ErrorCategory.ConnectionError,
            "Check the address, the network and the proxy, then run the command again."),
        CadenzaErrorKind.CertificateRejected => new(
            ErrorCategory.SecurityError,
            "Check the address, and the clock and the certificate store of this computer. A private certificate "
            + "authority belongs in the certificate store of the system."),
        CadenzaErrorKind.Timeout => new(
            ErrorCategory.OperationTimeout,
            "Run the command again. If necessary, connect again with a higher -TimeoutSec."),
        CadenzaErrorKind.Redirected => new(
            ErrorCategory.SecurityError,
            "If you trust the server that the redirect names, connect to its address."),
        CadenzaErrorKind.RequestBlocked => new(
            ErrorCategory.ConnectionError,
            "Ask the operator of the firewall or proxy to allow requests to the API. If the network requires a sign-in, "
            + "sign in to it, or connect from another network."),
        CadenzaErrorKind.ProxyRefused => new(
            ErrorCategory.ConnectionError,
            "Check the address of the proxy, and connect with Connect-Cadenza -Proxy and -ProxyCredential. Ask the "
            + "operator of the proxy to allow connections to the API."),
        CadenzaErrorKind.EndpointNotFound => new(
            ErrorCategory.ObjectNotFound,
            "Check -BaseUri. It is the address before /api/v3."),
        _ => null,
    };

    /// <summary>The command was rejected before anything was sent.</summary>
    private static ErrorGuidance? ForInputErrors(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.NotConnected => new(
            ErrorCategory.ConnectionError,
            "Run Connect-Cadenza, or select a connection that Get-CadenzaConnection -All lists. Without parameters, "
            + "Connect-Cadenza uses the environment variables CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or "
            + "CADENZA_BASE_URL)."),
        CadenzaErrorKind.InvalidConnection => new(
            ErrorCategory.InvalidArgument,
            "Correct the parameter or the environment variable that the message names."),
        CadenzaErrorKind.ConfirmationImpossible => new(
            ErrorCategory.InvalidOperation,
            "Use -Force or -Confirm:$false to run without confirmation, or -WhatIf to see what the command would do."),
        CadenzaErrorKind.InvalidParameter => new(
            ErrorCategory.InvalidArgument,
            "Correct the parameter that the message names."),
        CadenzaErrorKind.InvalidCredentialId => new(
            ErrorCategory.InvalidArgument,
            "Specify the CredentialId as Get-CadenzaCredential shows it."),
        CadenzaErrorKind.InvalidNewCredential => new(
            ErrorCategory.InvalidArgument,
            "Specify -Venue, such as OKX, and with -JournalPath also -Nickname. A CSV file needs columns with these "
            + "names."),
        CadenzaErrorKind.InvalidKeys => new(
            ErrorCategory.InvalidArgument,
            "Correct what the message names. Keys come from -ApiCredential, or from both -ApiKey and -ApiSecret. A CSV "
            + "file needs columns with these names."),
        CadenzaErrorKind.FileNotWritten => new(
            ErrorCategory.WriteError,
            "Specify a path in an existing folder that you can write to. To replace a read-only file, use -Force."),
        CadenzaErrorKind.JournalUnusable => new(
            ErrorCategory.WriteError,
            "Specify the path of a journal of this module or, to begin a journal, of a new file in a folder that "
            + "you can write to."),
        CadenzaErrorKind.StateUnusable => new(
            ErrorCategory.InvalidData,
            "Specify the -StatePath that belongs to this server. To begin again, delete the file or specify a new one "
            + "in a folder that you can write to."),
        CadenzaErrorKind.FileNotOpened => new(
            ErrorCategory.OpenError,
            "Open the file in a browser. It was written completely."),
        CadenzaErrorKind.UnexpectedFailure => new(
            ErrorCategory.NotSpecified,
            "Check the credential, then run the command again. If the message is about open files, use a lower "
            + "-ThrottleLimit. Otherwise, report the message as a defect of this module."),
        CadenzaErrorKind.WrongServer => new(
            ErrorCategory.InvalidArgument,
            "Specify the connection to that server with -Connection, or get the credentials from this server."),
        CadenzaErrorKind.CredentialChanged => new(
            ErrorCategory.InvalidData,
            "Get the credentials again and check them. To make the change anyway, use -SkipCheck."),
        CadenzaErrorKind.CheckFailed => new(
            ErrorCategory.InvalidData,
            "Correct the cause, then run the command again. To make the change without a comparison, use -SkipCheck."),
        CadenzaErrorKind.ValidationFailed => new(
            ErrorCategory.InvalidData,
            "Correct the items that the errors or results name, then run the command again."),
        CadenzaErrorKind.TooManyFailures => new(
            ErrorCategory.OperationStopped,
            "Find the cause of the failures, then run the same command again. With -JournalPath, it skips what an earlier "
            + "run with the same journal has changed."),
        CadenzaErrorKind.NotVerified => new(
            ErrorCategory.AuthenticationError,
            "Correct the keys of this credential, then run the same command again: with the same -JournalPath, it "
            + "rotates this credential again. Until then, its trading accounts do not work."),
        CadenzaErrorKind.VerificationPending => new(
            ErrorCategory.OperationTimeout,
            "Wait, then verify the credential with Test-CadenzaCredential, or run the same command again: with the "
            + "same -JournalPath, it verifies this credential first."),
        CadenzaErrorKind.JournalBusy => new(
            ErrorCategory.ResourceBusy,
            "Wait for the other run to end, then run the command again. The journal shows what was already done."),
        _ => null,
    };
}
