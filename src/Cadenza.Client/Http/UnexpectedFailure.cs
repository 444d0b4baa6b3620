using System;
using System.Collections.Generic;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>
/// Converts an exception that no other code expects, such as one about memory or file handles, so that it is the
/// outcome of one item only. The original exception is not kept, because its text may contain secrets.
/// </summary>
internal static class UnexpectedFailure
{
    /// <summary>Creates the failure, which names the type of the exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="secrets">The secrets to redact in its message.</param>
    public static ApiException From(Exception exception, params IReadOnlyList<SecureString> secrets)
    {
        string? text = new SecretRedactor(secrets).RedactMessage(exception.Message)?.TrimEnd('.');
        return new ApiException(
            CadenzaErrorKind.UnexpectedFailure,
            RequestOutcome.Unknown,
            Messages.Unexpected(exception.GetType(), text));
    }
}
