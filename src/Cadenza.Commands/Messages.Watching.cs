using System;

namespace Cadenza.Commands;

/// <content>Watches and their state files.</content>
internal static partial class Messages
{
    public const string NothingCompared = "Nothing was compared. A later run compares with the same state.";

    /// <summary>Completes a sentence.</summary>
    public const string NoStateFolder = "its folder does not exist.";

    /// <summary>Completes a sentence.</summary>
    public const string DamagedState = "it is empty, incomplete or damaged, or it is another file.";

    /// <summary>Completes a sentence.</summary>
    public const string NewerState = "a newer version of this module wrote it.";

    public const string WatchTimedOut = "The watch timed out.";

    public const string ListNotInTime = "The watch timed out before the list was received.";

    public static string WatchStarted(int count) =>
        FormattableString.Invariant($"The list has {Credentials(count)}. Changes are reported from now on.");

    public static string ComparedWithState(string path, string time) =>
        $"Changes since {time} are reported. The state is in {path}.";

    public static string FirstState(string path, int count) => FormattableString.Invariant(
        $"There was no state to compare with. {path} now has the state of {Credentials(count)}. ")
        + "The next run reports what has changed since this one.";

    public static string WatchInterrupted(string reason) =>
        $"The list could not be read: {reason} The watch continues with longer intervals. Changes are reported when the "
        + "list can be read again.";

    public static string PollFailed(int failures, string reason) =>
        FormattableString.Invariant($"The list could not be read {failures} times in a row: {reason}");

    public static string WatchResumed(int failures) => FormattableString.Invariant(
        $"The list can be read again, after {failures} failed {(failures == 1 ? "attempt" : "attempts")}.");

    public static string NothingToWatch(string id) =>
        $"The server has no credential with the id '{id}'. It is reported if it appears.";

    public static string UnusableState(string path, string reason) =>
        $"The state file {path} cannot be used: {reason}";

    /// <summary>Completes a sentence.</summary>
    public static string StateOfOtherServer(string other, string server) =>
        $"it belongs to the server {other}, but the connection is to {server}. Use one state file per server.";

    private static string Credentials(int count) =>
        count == 1 ? "1 credential" : FormattableString.Invariant($"{count} credentials");
}
