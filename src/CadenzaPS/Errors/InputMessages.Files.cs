using System;

namespace CadenzaPS.Errors;

/// <content>Reports and journals. A text in lower case completes a sentence.</content>
internal static partial class InputMessages
{
    public const string UnusableLink = "its symbolic links cannot be followed.";

    public const string NoFolder = "the folder does not exist.";

    public const string FileExists = "the file already exists and -NoClobber was specified.";

    public const string FileIsReadOnly = "the file is read-only. Use -Force to replace it.";

    public static string ReportNotWritten(string path, string fault) =>
        $"The report '{path}' was not written: {fault}";

    public static string ReportNotOpened(string path, string fault) =>
        $"The report '{path}' was written, but could not be opened: {fault}";

    /// <summary>Completes a sentence.</summary>
    public static string NoBrowser(string command) => $"this computer has no command {command}.";

    /// <summary>Completes a sentence.</summary>
    public static string BrowserFailed(string command, int exitCode) => FormattableString.Invariant(
        $"{command} ended with exit code {exitCode}. HTML files probably have no default program.");

    public const string InvalidLifetime = "Specify a number of days, such as 90, or a hashtable with a number of days "
        + "for each venue, such as @{ BINANCE = 90; OKX = 60; '*' = 180 }. The days are whole numbers of at least 1. "
        + "'*' stands for every other venue; venues have no other wildcards.";

    public static string NoSuchVenue(string venue) =>
        $"-KeyLifetimeDays has the venue '{venue}', but no credential has it.";

    public static string NoRotation(string server) =>
        $"The journals of -JournalPath have no rotation on {server}. Ages are counted from the last change.";

    public static string NoJournal(string path) => $"The journal '{path}' does not exist.";

    public static string UnreadableLine(string path, long line) => FormattableString.Invariant(
        $"Line {line} of '{path}' cannot be read and was skipped. A crash may have truncated it.");

    public static string OtherProvider(string provider) =>
        $"it is a path of the provider {provider}, not of the file system.";
}
