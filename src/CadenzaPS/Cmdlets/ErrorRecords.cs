using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands;

namespace CadenzaPS.Cmdlets;

/// <summary>Errors of the core as PowerShell knows errors.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(CadenzaErrorReport error) =>
        new(error.Exception, error.Id, CategoryOf(error.Kind), error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message) { RecommendedAction = RecommendedActions.For(error) },
        };

    /// <summary>The category that fits a kind of error.</summary>
    public static ErrorCategory CategoryOf(CadenzaErrorKind kind) => kind switch
    {
        CadenzaErrorKind.BadResponse or CadenzaErrorKind.BadRow => ErrorCategory.InvalidData,
        CadenzaErrorKind.ConnectionFailed or CadenzaErrorKind.NotConnected => ErrorCategory.ConnectionError,
        CadenzaErrorKind.CertificateRejected or CadenzaErrorKind.Redirected => ErrorCategory.SecurityError,
        CadenzaErrorKind.Timeout => ErrorCategory.OperationTimeout,
        CadenzaErrorKind.Unauthorized or CadenzaErrorKind.LoginRejected or CadenzaErrorKind.SessionExpired => ErrorCategory.AuthenticationError,
        CadenzaErrorKind.AccessDenied => ErrorCategory.PermissionDenied,
        CadenzaErrorKind.CredentialNotFound or CadenzaErrorKind.EndpointNotFound => ErrorCategory.ObjectNotFound,
        CadenzaErrorKind.AlreadyRevoked or CadenzaErrorKind.ConfirmationImpossible => ErrorCategory.InvalidOperation,
        CadenzaErrorKind.CredentialInUse or CadenzaErrorKind.JournalBusy => ErrorCategory.ResourceBusy,
        CadenzaErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        CadenzaErrorKind.RateLimited => ErrorCategory.LimitsExceeded,
        CadenzaErrorKind.ServiceUnavailable => ErrorCategory.ResourceUnavailable,
        CadenzaErrorKind.InvalidRequest or CadenzaErrorKind.InvalidApiKey or CadenzaErrorKind.InvalidConnection
            or CadenzaErrorKind.InvalidParameter or CadenzaErrorKind.InvalidCredentialId or CadenzaErrorKind.InvalidKeys
            or CadenzaErrorKind.InvalidNewCredential => ErrorCategory.InvalidArgument,
        CadenzaErrorKind.JournalUnusable => ErrorCategory.WriteError,
        CadenzaErrorKind.FileNotWritten => ErrorCategory.WriteError,
        _ => ErrorCategory.OperationStopped,
    };
}
