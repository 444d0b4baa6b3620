using System;

namespace Cadenza.Client.Errors;

/// <content>Faults of ids and addresses: clauses that follow their name.</content>
internal static partial class Messages
{
    public const string IdIsTooLong = "is longer than 256 characters";
    public const string IdHasWhiteSpace = "contains white space";
    public const string IdHasQuote = "contains a quotation mark or a brace";
    public const string IdIsPeriods = "consists of periods only";

    public const string AddressIsMissing = "is missing";
    public const string AddressIsNoUrl = "must be an absolute https address, such as https://cadenza.example.com";
    public const string AddressHasUser = "must not contain a user name or password";
    public const string AddressHasQuery = "must not contain a query or a fragment";

    public const string AddressIsNotSecure =
        "must use https: http is allowed only for the local machine (127.0.0.1, localhost, [::1])";

    public static string IdHasCharacter(char c) =>
        FormattableString.Invariant($"contains a character that is not allowed in an id: U+{(int)c:X4}");

    public static string UnusableAddress(string fault) => $"The base address {fault}.";
}
