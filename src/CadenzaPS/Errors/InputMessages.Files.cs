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

    public static string NoJournal(string path) => $"The journal '{path}' does not exist.";

    public static string UnreadableLine(string path, long line) => FormattableString.Invariant(
        $"Line {line} of '{path}' cannot be read and was skipped. A crash may have truncated it.");

    public static string OtherProvider(string provider) =>
        $"it is a path of the provider {provider}, not of the file system.";
}
