using System;

namespace Cadenza.Client.Errors;

/// <content>Faults of keys, secrets, passphrases, passwords and tokens: clauses that follow their name.</content>
internal static partial class Messages
{
    public const string IsEmpty = "is empty";
    public const string IsNotUnicode = "is not valid Unicode";
    public const string EndsWithLineBreak = "ends with a line break";
    public const string EndsWithWhiteSpace = "ends with white space";
    public const string StartsWithWhiteSpace = "starts with white space";
    public const string HasLineBreak = "contains a line break";
    public const string HasSpace = "contains a space";
    public const string HasSpaceOrControl = "contains a space or a control character";
    public const string HasNonAscii = "contains a character that is not ASCII";
    public const string IsSameAsKey = "is the same as the API key";
    public const string IsSameAsSecret = "is the same as the API secret";

    public const string IsTypeName = "is the name of a .NET type, not a key";
    public const string IsObjectText = "is the text of a PowerShell object, not a key";
    public const string IsMasked = "is a masked value, not a key";
    public const string IsQuoted = "is in quotation marks, which are part of it";
    public const string IsPlaceholder = "looks like a placeholder";
    public const string IsPath = "looks like the path of a file";
    public const string IsRoundedNumber = "looks like a number that a spreadsheet rounded";

    public const string IsPublicKey = "is a public key";
    public const string IsCertificate = "is a certificate";
    public const string IsEncrypted = "is encrypted with a password";
    public const string PemEscapedLineBreaks = "is a PEM key with the characters \\n in place of line breaks";
    public const string PemNoEnd = "is a PEM key without its END line";
    public const string PemNoBegin = "is a PEM key without its BEGIN line";
    public const string PemSurrounded = "has text around a PEM key";
    public const string PemIncompleteBegin = "is a PEM key whose BEGIN line is not complete";
    public const string PemOneLine = "is a PEM key on one line";
    public const string PemOtherEnd = "is a PEM key whose END line does not match its BEGIN line";
    public const string PemEmpty = "is a PEM key without content";
    public const string PemWhiteSpace = "is a PEM key with white space at the start or end of a line";

    public static string MissingPassphrase(string? venue) => $"is missing, but {venue} requires one";

    public static string NeedlessPassphrase(string? venue) => $"was specified, but keys of {venue} have none";

    public static string OtherFormat(string venue, string format) =>
        $"does not have the format of {venue} ({format})";

    public static string HasInvisible(int codePoint) =>
        FormattableString.Invariant($"contains a character that is not visible (U+{codePoint:X4})");
}
