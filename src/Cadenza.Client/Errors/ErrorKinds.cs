namespace Cadenza.Client.Errors;

/// <summary>Properties of the error kinds.</summary>
internal static class ErrorKinds
{
    /// <summary>Gets the stable error id of a kind, such as <c>CadenzaRateLimited</c>.</summary>
    public static string IdOf(CadenzaErrorKind kind) => "Cadenza" + kind;

    /// <summary>Whether every other item would fail with the same error, so that the command should stop.</summary>
    public static bool FailsEveryItem(CadenzaErrorKind kind) => kind is
        CadenzaErrorKind.NotConnected or CadenzaErrorKind.InvalidConnection or CadenzaErrorKind.InvalidParameter
        or CadenzaErrorKind.ConfirmationImpossible or CadenzaErrorKind.FileNotWritten
        or CadenzaErrorKind.JournalUnusable or CadenzaErrorKind.StateUnusable
        or CadenzaErrorKind.ValidationFailed or CadenzaErrorKind.TooManyFailures
        or CadenzaErrorKind.Unauthorized or CadenzaErrorKind.SessionExpired or CadenzaErrorKind.LoginRejected
        or CadenzaErrorKind.RequestBlocked or CadenzaErrorKind.ProxyRefused
        or CadenzaErrorKind.EndpointNotFound or CadenzaErrorKind.Redirected or CadenzaErrorKind.CertificateRejected;
}
