using System;

namespace Cadenza.Commands;

/// <summary>
/// The sentences of this project, each in one place: this file has those about changes, verifications, lists and
/// connections; the other part of the class has those about journals and files. A clause completes a sentence.
/// </summary>
internal static partial class Messages
{
    /// <summary>A clause, and the reason of an effect that is not known.</summary>
    public const string NoSuchCredential = "the server has no credential with this id";

    public const string DeclinedAtPrompt = "Declined at the confirmation prompt.";

    public const string NotCompared = "The credentials of the input were not compared with the server, as requested.";

    /// <summary>The reason why a change was not made.</summary>
    public const string CanceledBeforeSent = "It was canceled before the request was sent.";

    public static string NotConnected(string address, string reason) => $"Not connected to {address}: {reason}";

    public static string SignOutFailed(string reason) =>
        "Disconnected, but the session may remain open on the server until it expires: " + reason;

    public static string TokenEnds(string minutes, string time, string advice) =>
        $"The access token expires in {minutes} {(minutes == "1" ? "minute" : "minutes")} ({time}Z) and cannot be "
        + $"renewed. {advice}";

    public static string Outage(int limit) => FormattableString.Invariant(
        $"The server could not be reached for {limit} credentials in a row. Nothing was sent for the remaining ones.");

    public static string MissingId(string? origin) => $"{origin ?? "The input"} has no CredentialId.";

    public static string InvalidId(string fault) => $"The CredentialId {fault}.";

    /// <summary>A clause.</summary>
    public const string IsRevoked = "it is revoked";

    /// <summary>A clause.</summary>
    public static string OtherServer(string other, string server) =>
        $"it was read from the server {other}, but the connection is to {server}";

    public static string CouldNotVerify(string name, string reason) => $"{name} could not be verified: {reason}";

    public static string NotVerified(string name, string reason) => $"{name} was not verified: {reason}.";

    /// <summary>Without a period.</summary>
    public static string NotMade(string name, string changed, string reason) => $"{name} was not {changed}: {reason}";

    public static string NothingSent(string name, string reason) => $"Nothing was sent for {name}: {reason}";

    public static string UnknownWhetherMade(string name, string changed, string reason) =>
        $"It is unknown whether {name} was {changed}: {reason}";

    public static string MadeBut(string name, string changed, string reason) =>
        $"{name} was {changed}, but {reason}";

    /// <summary>A clause.</summary>
    public static string KeysNotAccepted(string? reason) =>
        "the exchange does not accept the new keys" + Reason(reason);

    /// <summary>A clause.</summary>
    public static string KeysNotConfirmed(string? reason) =>
        "it is not known yet whether the exchange accepts the new keys" + Reason(reason);

    public static string Made(string name, string changed) => $"{name} was {changed}.";

    public static string MadeEarlier(string name, string changed) => $"{name} was {changed} by an earlier run.";

    public static string VerifiedLater(string name, string changed) =>
        $"{name} was {changed} by an earlier run. The exchange accepts the keys.";

    public static string NotSentBecause(string reason) => "Not sent. " + reason;

    public static string Accepted(string name, string changed) =>
        $"The server accepted the request for {name} to be {changed}, but it is unknown whether it was completed.";

    public static string AcceptedSeveral(int count, string changed) => count == 1
        ? $"The server accepted 1 request and completes it later. The credential may not be {changed} yet."
        : FormattableString.Invariant($"The server accepted {count} requests and completes them later. ")
            + $"The credentials may not be {changed} yet.";

    public static string MayBeMade(string name, string changed) => $"{name} may or may not have been {changed}.";

    /// <summary>A clause.</summary>
    public static string CannotCompare(string reason) =>
        "it could not be compared with the server, because the list failed: " + reason.TrimEnd('.');

    /// <summary>A clause.</summary>
    public static string Differs(string differences) => "it differs from the input. On the server, " + differences;

    /// <summary>A clause.</summary>
    public static string DiffersIn(string property, string actual, string expected) =>
        $"its {property} is {actual} instead of {expected}";

    /// <summary>A clause.</summary>
    public static string DiffersInTime(string actual, string expected) =>
        $"it was last changed at {actual} instead of {expected}";

    public static string Production(string host) =>
        $"This command changes credentials in Production ({host}). This warning is shown once per connection.";

    public static string Progress(int made, int failed, string changed)
    {
        string credentials = made == 1 ? "1 credential was" : FormattableString.Invariant($"{made} credentials were");
        string errors = failed switch
        {
            0 => "",
            1 => " and 1 error was reported",
            _ => FormattableString.Invariant($" and {failed} errors were reported"),
        };
        return $"In this command, {credentials} {changed}{errors}. Nothing more is sent.";
    }

    public static string InvalidInput(int errors) => FormattableString.Invariant(
        $"Nothing was sent, because the input has {errors} {(errors == 1 ? "error" : "errors")}.");

    /// <param name="allowed">The number of items that may fail.</param>
    /// <param name="last">The name of the item that failed last.</param>
    /// <param name="number">Its position in the input; 0 if not known.</param>
    /// <param name="hasJournal">Whether the command has a journal.</param>
    public static string TooManyFailures(int allowed, string last, long number, bool hasJournal)
    {
        string reason = allowed switch
        {
            0 => "after the first failure",
            1 => "because more than 1 item failed",
            _ => FormattableString.Invariant($"because more than {allowed} items failed"),
        };
        string place = number > 0 ? FormattableString.Invariant($"{last}, item {number} of the input") : last;
        string next = hasJournal
            ? "run the same command again with the same journal."
            : "run the command again with the items that were not sent.";
        return $"The command stopped {reason}: {place}. Nothing more was sent. To continue, correct the "
            + $"cause and {next}";
    }

    public static string RulesNotApplied(string reason) =>
        "The trading accounts could not be read completely, so rules that depend on them were not applied: " + reason;

    public static string EffectIsUnknown(string reason) =>
        "The effect of a revoke is unknown because the trading accounts could not be read completely: " + reason;

    /// <summary>The reason of an effect that is not known.</summary>
    public static string ListFailed(string reason) => "the list of credentials failed: " + reason;

    /// <summary>The reason of an effect that is not known.</summary>
    public static string ListTooSlow(TimeSpan wait) =>
        FormattableString.Invariant($"the server did not return the list within {wait.TotalSeconds:0} s");

    /// <summary>The reason of an effect that is not known, if there are several.</summary>
    public static string FirstOf(string problem, int count) =>
        FormattableString.Invariant($"{problem} (the first of {count} problems in the list)");

    private static string Reason(string? reason) =>
        string.IsNullOrEmpty(reason) ? "." : $": {reason!.TrimEnd('.')}.";
}
