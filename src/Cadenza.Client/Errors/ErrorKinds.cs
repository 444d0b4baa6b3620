namespace Cadenza.Client.Errors;

/// <summary>What is known about a kind of error without its occasion.</summary>
public static class ErrorKinds
{
    /// <summary>The stable id of a kind of error.</summary>
    public static string IdOf(CadenzaErrorKind kind) => "Cadenza" + kind;

    /// <summary>Whether every further item would fail the same way, so that going on makes no sense.</summary>
    public static bool FailsEveryItem(CadenzaErrorKind kind) => kind is
        CadenzaErrorKind.NotConnected or CadenzaErrorKind.InvalidConnection or CadenzaErrorKind.InvalidParameter
        or CadenzaErrorKind.ConfirmationImpossible or CadenzaErrorKind.FileNotWritten or CadenzaErrorKind.JournalUnusable
        or CadenzaErrorKind.Unauthorized or CadenzaErrorKind.SessionExpired or CadenzaErrorKind.LoginRejected
        or CadenzaErrorKind.EndpointNotFound or CadenzaErrorKind.Redirected or CadenzaErrorKind.CertificateRejected;
}
