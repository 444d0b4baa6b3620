namespace Cadenza.Client.Errors;

/// <summary>Copies of a failure with another outcome or message.</summary>
internal static class FailureExtensions
{
    /// <summary>The failure of a prerequisite call, such as a token refresh: the request itself was not sent.</summary>
    public static T AsNotSent<T>(this T failure)
        where T : CadenzaException => (T)failure.With(RequestOutcome.NotSent, failure.Message);

    /// <summary>The failure of a change that an earlier run may have made already.</summary>
    public static T AfterEarlierRun<T>(this T failure)
        where T : CadenzaException =>
        (T)failure.With(RequestOutcome.Unknown, failure.Message + " " + Messages.AfterEarlierRun);

    /// <summary>The failure of a change that was not seen on the server.</summary>
    public static T AsUnknown<T>(this T failure, string message)
        where T : CadenzaException => (T)failure.With(RequestOutcome.Unknown, message);

    /// <summary>The same failure with another message.</summary>
    public static T WithMessage<T>(this T failure, string message)
        where T : CadenzaException => (T)failure.With(failure.Outcome, message);
}
