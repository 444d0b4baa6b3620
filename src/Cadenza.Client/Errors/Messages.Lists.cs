using System;

namespace Cadenza.Client.Errors;

/// <content>Lists. The elements are "credentials" or "trading accounts".</content>
internal static partial class Messages
{
    /// <summary>A clause.</summary>
    public const string InvalidJson = "the JSON is invalid or truncated";

    /// <summary>A clause.</summary>
    public const string RestTooLate = "the rest of the response did not arrive in time";

    /// <summary>A clause.</summary>
    public const string LostConnection = "the connection was lost";

    public static string TruncatedList(long count, string elements, string reason) => FormattableString.Invariant(
        $"The list is incomplete. It ended after {count} {(count == 1 ? elements.TrimEnd('s') : elements)}: {reason}");

    public static string UnreadableElement(long position, string reason) =>
        FormattableString.Invariant($"Element {position} of the list cannot be read: {reason}.");

    public static string TooFewElements(long expected, long sent, string elements) => FormattableString.Invariant(
        $"The server reported {expected} {elements} but sent {sent}. The list may be incomplete.");

    public static string RepeatedCursor(string elements) =>
        $"The server reports more {elements} but repeats the cursor. The list may be incomplete.";

    public static string NoNewElements(string elements) =>
        $"The server reports more {elements} but sends no new ones. The list may be incomplete.";

    public static string SameElementsAgain(string elements) =>
        $"The server sent the same {elements} again and reported no next page. The list may be incomplete.";

    public static string NoMoreElements(string elements, string seconds) =>
        $"The list is incomplete. The server sent no more {elements} within {seconds}, "
        + "but reports that there are more.";

    public static string ChangedList(string elements) =>
        $"The list is incomplete. The {elements} on the server changed while their pages were read.";

    public static string NoCredential(string id) => $"The credential with id '{id}' does not exist.";

    public static string MaybeNoCredential(string id) =>
        $"Cannot determine whether the credential with id '{id}' exists: the list is incomplete.";

    public static string UnknownNickname(string nickname) => $"No credential has the nickname '{nickname}'.";

    /// <param name="noun">The property, such as "status".</param>
    /// <param name="value">The value that no credential has.</param>
    /// <param name="nouns">The property in the plural.</param>
    /// <param name="existing">The values of the credentials, separated by commas; empty if there are none.</param>
    public static string UnknownValue(string noun, string value, string nouns, string existing) =>
        $"No credential has the {noun} '{value}'." + (existing.Length == 0 ? "" : $" The {nouns} are: {existing}.");
}
