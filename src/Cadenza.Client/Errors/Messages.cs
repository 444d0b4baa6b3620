using System;

namespace Cadenza.Client.Errors;

/// <summary>
/// The sentences of this project, each in one place. This file has those about a whole call. The other parts of the
/// class have those about connections, responses, lists, changes, keys and input. A text that another text completes
/// has no period. A clause begins with a pronoun or a verb and completes a sentence: "it is truncated", "is empty".
/// </summary>
internal static partial class Messages
{
    public const string AfterLostAttempt = "The response to an earlier attempt was lost.";

    public const string AfterEarlierRun = "An earlier run may have made the change.";

    public const string NoCommandForToken =
        "The access token has expired, and another one can be requested only while a command runs.";

    public const string NewTokenHasExpired = "The access token has expired, and so has the one that replaces it.";

    public const string SessionEnded = "The session has expired and cannot be renewed.";

    /// <summary>The failure of an attempt in a trace.</summary>
    public const string CanceledOrTimedOut = "canceled or timed out";

    public static string AskedForDelay(TimeSpan delay) =>
        FormattableString.Invariant($"The server asked for a delay of {delay.TotalSeconds:0} s.");

    public static string GaveUp(int attempts) => FormattableString.Invariant($"Gave up after {attempts} attempts.");

    public static string RateLimited(double seconds) => FormattableString.Invariant(
        $"The server accepts no requests for another {seconds:0} s, because it asked for a delay after an earlier ")
        + "request.";

    /// <summary>Why requests wait.</summary>
    public const string Paced = "Requests wait for their turn, because the number of requests per minute is limited.";

    /// <summary>Why requests wait.</summary>
    public static string FewLeft(long left, TimeSpan reset) => FormattableString.Invariant(
        $"The server accepts {left} more {(left == 1 ? "request" : "requests")} in the next ")
        + FormattableString.Invariant($"{Math.Ceiling(reset.TotalSeconds):0} s. Requests are spread over this time.");

    /// <summary>Why requests wait.</summary>
    public static string NoneLeft(TimeSpan reset) => FormattableString.Invariant(
        $"The server accepts no more requests for the next {Math.Ceiling(reset.TotalSeconds):0} s.");

    public static string SessionNotRenewed(string reason) => "The session could not be renewed: " + reason;

    public static string TokenExpired(string time) => $"The access token expired at {time}.";

    public static string UnusableToken(string fault) => $"The access token cannot be used: {fault}.";

    public static string OtherUser(string actual, string requested) =>
        $"The server signed in {actual} instead of {requested}.";

    public static string Unexpected(Type type, string? text) =>
        $"An unexpected error occurred ({type.FullName}): {text}.";
}
