using System;

namespace Cadenza.Commands;

/// <content>Journals and files.</content>
internal static partial class Messages
{
    /// <summary>Completes a sentence.</summary>
    public const string NotRegularFile = "it is not a regular file.";

    /// <summary>Completes a sentence.</summary>
    public const string IsFolder = "it is a folder.";

    public const string Deleted = "was deleted";
    public const string Replaced = "was replaced by another file";
    public const string Overwritten = "was truncated or overwritten";

    public const string MadeByEarlierRun = "An earlier run made this change.";

    public const string CancelledInFlight = "Canceled while the request was in flight.";

    public const string EarlierRunUncertain =
        "An earlier run may have made the change, but the server cannot confirm it. The change was not sent again.";

    public static string UnusableJournal(string path, string reason) => $"The journal {path} cannot be used: {reason}";

    public static string NoJournalFolder(string path) =>
        $"The journal {path} cannot be written: its folder does not exist.";

    public static string ClosedJournal(string path) => $"The journal {path} is closed.";

    /// <param name="path">The file.</param>
    /// <param name="done">What cannot be done: "read" or "written".</param>
    /// <param name="reason">The message of the system.</param>
    public static string JournalFailure(string path, string done, string reason) =>
        $"The journal {path} cannot be {done}: {reason}";

    public static string ChangedJournal(string path, string what) =>
        $"The journal {path} {what} while the command was running.";

    public static string DeletedRunLock(string path) =>
        $"The lock of this run beside the journal {path} was deleted while the command was running.";

    public static string NewerJournal(string path, long line) =>
        FormattableString.Invariant($"Line {line} of {path} was written by a newer version of this module.");

    public static string NotAJournal(string path) => $"{path} is not a journal.";

    /// <summary>Completes a sentence.</summary>
    public static string LockedByOther(string path, TimeSpan wait) => FormattableString.Invariant(
        $"another program has locked {path} for more than {wait.TotalSeconds:0} s.");

    /// <summary>Completes a sentence.</summary>
    public static string NoLocks(int error) =>
        FormattableString.Invariant($"the file system does not support locks (error {error}).");

    public static string CannotLock(string path) => $"{path} cannot be locked.";

    public static string UnusableFile(string path, string reason) => $"The file {path} cannot be used: {reason}";

    public static string ReplacedMeanwhile(string path, string fault) =>
        $"{path} was replaced while the new file was written: {fault}";

    public static string OtherOwner(string path) => $"{path} belongs to another user.";

    public static string ChangedByOtherRun(string path) =>
        $"Another run with the journal {path} is making this change or has already made it.";

    public static string ChangedByOtherProcess(int processId) => FormattableString.Invariant(
        $"Process {processId} is already changing this credential with the same journal.");

    public static string Skipped(string name, string changed) =>
        $"{name} was skipped: the journal lists it as already {changed}.";

    public static string SkippedSeveral(long count, string changed, string lastTime) => FormattableString.Invariant(
        $"Skipped {count} {(count == 1 ? "credential" : "credentials")} that the journal lists as already {changed}. ")
        + $"The last change of an earlier run was made at {lastTime}Z.";

    /// <param name="names">The first names, separated by commas.</param>
    /// <param name="others">The number of other names.</param>
    public static string UnwrittenOutcomes(string names, int others)
    {
        string more = others > 0 ? FormattableString.Invariant($" and {others} more") : "";
        return $"This command reported the outcome for {names}{more}, but the journal does not contain it.";
    }
}
