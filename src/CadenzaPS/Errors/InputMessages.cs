using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Text;

namespace CadenzaPS.Errors;

/// <summary>
/// The sentences of this project, which can name cmdlets and parameters. This file has those about parameters, columns
/// and prompts. The other parts of the class have those about connections, shards and files.
/// <see cref="ErrorGuidance"/> has the recommended actions, and <see cref="FixCommands"/> the commands that correct
/// findings.
/// </summary>
internal static partial class InputMessages
{
    public const string NoWaitAndTimeout = "Specify either -NoWait or -WaitTimeoutSec, not both. Nothing was sent.";

    public const string IdAndPipeline =
        "Specify credentials either with -CredentialId or through the pipeline, not both.";

    public const string NoKeys = "No keys were specified. Specify -ApiCredential, or -ApiKey and -ApiSecret.";

    public const string MixedKeys =
        "keys or a passphrase were specified both on the command line (or in $PSDefaultParameterValues) and in the "
        + "pipeline object.";

    public const string SharedKeys =
        "the keys of the command line were specified for more than one credential. Specify separate keys for each "
        + "credential through the pipeline, or use -Force to set the same keys on all of them.";

    public const string ReportedOnce = "This error is reported once for all consecutive rows with these columns.";

    public const string QuietResults = "Specify either -Quiet or -AsResult, not both.";

    public const string VerifyWithoutWait =
        "Specify either -Verify or -NoWait, not both: keys can be verified only after the rotation is complete.";

    public const string SeveralValues =
        "is a line of text with several values, which is not shown. To read a CSV file, use Import-Csv";

    public const string RenewableConnection =
        "For a connection that renews its token, run Connect-Cadenza -Credential.";

    public const string NoLogin = "is neither a PSCredential nor a user name";

    public const string InvalidTime =
        "Specify a date object, or text in the form of ISO 8601, such as 2026-10-27 (midnight, local time) or "
        + "2026-10-27T14:30:00Z. Other forms differ between cultures.";

    public const string NumberForTime =
        "The value must be a point in time, not a number. For 90 days ago, specify (Get-Date).AddDays(-90).";

    public const string InvalidAge =
        "Specify a whole number with a unit: h for hours, d for days, or w for weeks, such as 90d.";

    public const string TwoTimes = "Specify either -UpdatedBefore or -OlderThan, not both.";

    public const string MissingSecret =
        "its secret is missing: the script block of -ApiCredential returned nothing.";

    public const string NoCredentials = "No credentials were specified. Use -CredentialId or the pipeline, as in "
        + "Get-CadenzaCredential | Get-CadenzaCredentialImpact.";

    public const string NoWholeNumber = "The value must be a whole number.";

    public const string OnceWithoutState =
        "-Once requires -StatePath, the file with the state of the last run to compare with.";

    /// <summary>The text of the progress bar.</summary>
    public const string Watching = "Watching for changes. Press Ctrl+C to end.";

    private const int MaxColumns = 20;
    private const int MaxColumnLength = 200;

    public static string NullValue(string parameter) => $"-{parameter} was specified, but its value is null.";

    public static string NullOrEmptyValue(string parameter) =>
        $"-{parameter} was specified, but its value is null or empty. No object is passed on.";

    public static string UnusableValue(string parameter, string fault) => $"-{parameter} {fault}.";

    public static string UnusableItem(string name, string fault) =>
        $"{Capitalize(Clean(name))} cannot be used: {fault}";

    public static string InvalidUpdatedAt(string text) =>
        $"its UpdatedAt '{Clean(text)}' cannot be compared with the server. {InvalidTime}";

    public static string UnusablePath(string parameter, string path, string fault) =>
        $"-{parameter} '{path}' cannot be used: {fault}";

    public static string UnusableConnection(string type) =>
        $"-Connection is neither a connection nor the name of one, but {type}.";

    public static string CannotPrompt(string target, string action) =>
        $"\"{action}\" on {target} requires confirmation, but PowerShell cannot prompt because it is not interactive "
        + "(-NonInteractive). Nothing was changed.";

    public static string CannotPromptForPassword(string userName) =>
        $"The password of '{Clean(userName)}' is needed, but PowerShell cannot prompt for it because it is not "
        + "interactive. Specify a PSCredential, as Get-Credential returns it.";

    public static string NotConfirmed(string action, string target) =>
        $"Performing the operation \"{action}\" on target \"{target}\" without confirmation (-Force).";

    public static string InFlight(string outcome) => "In flight when the pipeline ended: " + outcome;

    public static string ScriptBlock(string parameter) =>
        $"-{parameter} does not accept a script block, because an error in it would show the whole row with its keys. "
        + $"Add the column beforehand, as in: Select-Object *, @{{ Name = '{parameter}'; Expression = {{ $_.Ref }} }}";

    /// <summary>What to specify if the value of -CredentialId is a nickname.</summary>
    /// <param name="argument">The nickname as an argument; null if it is not shown.</param>
    public static string NicknameHint(string? argument) =>
        $"To get a credential by its nickname, use -Nickname{(argument is null ? "" : " " + argument)}.";

    public static string SecretScriptFailed(string failure) =>
        $"its secret is missing: the script block of -ApiCredential failed ({failure}). The message of "
        + "the script block is in $Error.";

    public static string SeveralSecrets(int count) => FormattableString.Invariant(
        $"it must have exactly one secret, but the script block of -ApiCredential returned {count} objects.");

    public static string WrongSecretType(string type) =>
        $"its secret has the wrong type: the script block of -ApiCredential returned a {type}. It must return a "
        + "PSCredential with the API key as the user name and the API secret as the password.";

    public static string DifferentValues(string parameter) =>
        $"-{parameter} and the {parameter} of the pipeline object differ.";

    public static string IdenticalRow(string name, long earlier) => FormattableString.Invariant(
        $"{name} is in the input more than once. This row is identical to item {earlier} and was skipped.");

    public static string RepeatedId(long earlier) => FormattableString.Invariant(
        $"the input already has this credential as item {earlier}, with other values. Nothing was sent for this one.");

    public static string RepeatedItem(string name, long earlier) => FormattableString.Invariant(
        $"{name} is in the input more than once. It is the same credential as item {earlier} and was skipped.");

    public static string RepeatedCreation(long earlier, bool isIdentical) => (isIdentical
        ? FormattableString.Invariant($"the input already has the same credential as item {earlier}.")
        : FormattableString.Invariant(
            $"the input already has a credential with this venue and nickname as item {earlier}, with other values."))
        + " Nothing was sent for this one.";

    public static string FailingColumn(string column) =>
        $"the column {column} cannot be read, because the code that computes its value fails.";

    /// <summary>The end of a sentence, from a sentence.</summary>
    public static string AsClause(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence.Substring(1);

    public static string SameKey(long earlier) => FormattableString.Invariant(
        $"The API key is the same as the one of item {earlier} of the input.");

    public static string UnreadColumn(string column, string parameter) =>
        $"the column '{Clean(column)}' is not read. Rename it to {parameter}.";

    public static string UnreadColumnWarning(string column, string parameter) =>
        $"The column '{Clean(column)}' of the input is not read. If it is the {parameter}, rename it to {parameter}.";

    /// <summary>The fault of rows that lack a column.</summary>
    /// <param name="missing">The column.</param>
    /// <param name="columns">The columns of the rows; empty if they must not be shown.</param>
    /// <param name="delimiter">The character that probably separates the columns; null if they are separated.</param>
    /// <param name="count">The number of columns.</param>
    /// <param name="renames">The columns that have another name than expected.</param>
    public static string MissingColumn(
        string missing,
        IReadOnlyList<string> columns,
        char? delimiter,
        int count,
        IReadOnlyList<(string Column, string Parameter)> renames)
    {
        string found = columns.Count > 0
            ? "The columns found are: " + string.Join(", ", columns.Take(MaxColumns).Select(Quote)) + "."
            : FormattableString.Invariant(
                $"None of the {count} column names is known. They are not shown, because a file without a header has ")
                + "keys in their place.";
        string advice = delimiter is char c
            ? $" Read the file with Import-Csv -Delimiter {(c == '\t' ? "\"`t\"" : $"'{c}'")}."
            : string.Concat(renames.Select(static rename => $" Rename {Quote(rename.Column)} to {rename.Parameter}."));
        return $"the input has no column {missing}. {found}{advice}";
    }

    public static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static string Quote(string text) => $"'{Clean(text)}'";

    private static string Clean(string text) =>
        TextSanitizer.Sanitize(TextTruncation.Cut(text, MaxColumnLength).Replace("\t", "`t"));
}
