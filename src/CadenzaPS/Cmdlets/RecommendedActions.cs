using System;
using Cadenza.Client.Errors;
using Cadenza.Commands;

namespace CadenzaPS.Cmdlets;

/// <summary>What to do about each kind of error, in the words of the cmdlets. docs/errors.md is the same for readers.</summary>
internal static class RecommendedActions
{
    /// <summary>What to do about an error.</summary>
    public static string For(CadenzaErrorReport error) =>
        error.Target is not null && error.Exception.Outcome == RequestOutcome.Unknown
            ? "Look at the credential with Get-CadenzaCredential, which shows what happened. " + For(error.Kind)
            : For(error.Kind);

    /// <summary>What to do about a kind of error.</summary>
    public static string For(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.BadResponse => "Check that -BaseUri is the API's address, then whether a proxy answers in its place. Give the request id to the operator of the server.",
        CadenzaErrorKind.BadRow => "Report the element's position and the request id to the operator; the other elements are complete.",
        CadenzaErrorKind.ConnectionFailed => "Check the address, the network and the proxy, then run the command again.",
        CadenzaErrorKind.CertificateRejected => "Check the address and this machine's clock and certificate store. A private CA belongs into the platform's store.",
        CadenzaErrorKind.Timeout => "Run the command again, with a larger Connect-Cadenza -TimeoutSec if need be.",
        CadenzaErrorKind.Redirected => "Connect to the address that the server redirects to, if you trust it.",
        CadenzaErrorKind.EndpointNotFound => "Check -BaseUri: it is the address before /api/v3.",
        CadenzaErrorKind.Unauthorized => "Connect again with Connect-Cadenza and a valid access token.",
        CadenzaErrorKind.LoginRejected => "Check the email and the password.",
        CadenzaErrorKind.SessionExpired => "Sign in again with Connect-Cadenza -Credential.",
        CadenzaErrorKind.AccessDenied => "Ask the credential's owner or an administrator, or connect as a user who may.",
        CadenzaErrorKind.CredentialNotFound => "Look for the credential with Get-CadenzaCredential; ids differ between environments.",
        CadenzaErrorKind.AlreadyRevoked => "Nothing is left to do on Cadenza. Revoke the key on the exchange, too.",
        CadenzaErrorKind.CredentialInUse => "Close or disconnect the active trading accounts that use the credential, then run the command again.",
        CadenzaErrorKind.AlreadyExists => "Choose another nickname, or use the credential that exists.",
        CadenzaErrorKind.InvalidRequest => "Correct what the server names and run the command again.",
        CadenzaErrorKind.InvalidApiKey => "Check key, secret and passphrase with the exchange, and that the key's permissions and address list allow Cadenza.",
        CadenzaErrorKind.RateLimited => "Wait, then run the command again with less at a time.",
        CadenzaErrorKind.ServiceUnavailable => "Wait, then run the command again.",
        CadenzaErrorKind.ServerError => "Give the request id to the operator of the server.",
        CadenzaErrorKind.Refused => "Read the server's message. Give the request id to the operator of the server.",
        CadenzaErrorKind.NotConnected => "Run Connect-Cadenza, or set CADENZA_ACCESS_TOKEN and CADENZA_ENVIRONMENT (or CADENZA_BASE_URL).",
        CadenzaErrorKind.InvalidConnection => "Correct the parameter or environment variable that the message names.",
        CadenzaErrorKind.ConfirmationImpossible => "Give -Force or -Confirm:$false to go on without a question, or -WhatIf to see what would be done.",
        CadenzaErrorKind.InvalidParameter => "Correct the parameter that the message names.",
        CadenzaErrorKind.InvalidCredentialId => "Give the CredentialId as Get-CadenzaCredential shows it.",
        CadenzaErrorKind.InvalidNewCredential => "Give -Venue, such as OKX, and with -JournalPath a -Nickname; in a CSV, columns of these names.",
        CadenzaErrorKind.InvalidKeys => "Give -ApiCredential, or both -ApiKey and -ApiSecret; in a CSV, columns of these names.",
        CadenzaErrorKind.FileNotWritten => "Give a path in a folder that exists and can be written to; -Force replaces a read-only file.",
        CadenzaErrorKind.JournalUnusable => "Give the path of a journal that this module wrote or, to begin one, of a new file in a folder that can be written to.",
        CadenzaErrorKind.JournalBusy => "Wait for the other run to end, then run the command again: the journal tells what is left.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without a recommended action."),
    };
}
