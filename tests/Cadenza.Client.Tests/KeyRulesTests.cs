namespace Cadenza.Client.Tests;

/// <summary>What is checked about API keys before they are sent.</summary>
public sealed class KeyRulesTests
{
    private const string Pem =
        "-----BEGIN PRIVATE KEY-----\nMIIBVQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";

    public static TheoryData<string> WholeKeys =>
        [
            "k", "key-1", "a b", "007", "1e5", "0x1F", "organizations/1/apiKeys/2", "k\u00e9y", "\U0001F511", Pem,
            Pem.TrimEnd('\n'), Pem.Replace("\n", "\r\n"), Pem + "\n",
            "-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n" + Pem,
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nMIIB\n-----END RSA PRIVATE KEY-----",
        ];

    [Theory]
    [MemberData(nameof(WholeKeys))]
    public void A_key_that_may_work_is_accepted(string text) => Assert.Null(FaultOf(text));

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "", "is empty" },
            { " \t", "is empty" },
            { " k", "starts with white space" },
            { "k ", "ends with white space" },
            { "k\t", "ends with white space" },
            { "k\u00a0", "ends with white space" },
            { "k\n", "ends with a line break" },
            { "k\r\n", "ends with a line break" },
            { "k\nl", "contains a line break" },
            { "k\rl", "contains a line break" },
            { "k\u00a0l", "contains a character that is not visible (U+00A0)" },
            { "\ufeffk", "contains a character that is not visible (U+FEFF)" },
            { "k\u200bl", "contains a character that is not visible (U+200B)" },
            { "k\u200d", "contains a character that is not visible (U+200D)" },
            { "k\u00adl", "contains a character that is not visible (U+00AD)" },
            { "k\u202el", "contains a character that is not visible (U+202E)" },
            { "k\u2028l", "contains a character that is not visible (U+2028)" },
            { "k\u3164l", "contains a character that is not visible (U+3164)" },
            { "k\0l", "contains a character that is not visible (U+0000)" },
            { "k\u001bl", "contains a character that is not visible (U+001B)" },
            { "k\u007f", "contains a character that is not visible (U+007F)" },
            { "k\U000E0041l", "contains a character that is not visible (U+E0041)" },
            { "***", "is a masked value, not a key" },
            { "abc123***", "is a masked value, not a key" },
            { "\u2022\u2022\u2022\u2022", "is a masked value, not a key" },
            { "System.Security.SecureString", "is the name of a .NET type, not a key" },
            { "system.object[]", "is the name of a .NET type, not a key" },
            { "System.Collections.Hashtable", "is the name of a .NET type, not a key" },
            { "System.Management.Automation.PSCredential", "is the name of a .NET type, not a key" },
            { "System.Collections.Generic.List`1[System.String]", "is the name of a .NET type, not a key" },
            { "@{Key=k; Secret=s}", "is the text of a PowerShell object, not a key" },
            { "-----BEGIN PRIVATE KEY-----", "is a PEM key without its END line" },
            { "-----BEGIN PRIVATE KEY-----\nMIIB", "is a PEM key without its END line" },
            { "MIIB\n-----END PRIVATE KEY-----", "has text around a PEM key" },
            { "-----END PRIVATE KEY-----", "is a PEM key without its BEGIN line" },
            { "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "is a PEM key without content" },
            { "-----BEGIN PRIVATE KEY-----MIIB-----END PRIVATE KEY-----", "is a PEM key on one line" },
            { "-----BEGIN PRIVATE KEY----- MIIB -----END PRIVATE KEY-----", "is a PEM key on one line" },
            { "-----BEGIN PRIVATE KEY\nMIIB", "is a PEM key whose BEGIN line is not complete" },
            { "-----BEGIN A-----\nMIIB\n-----END B-----", "is a PEM key whose END line does not match its BEGIN line" },
            { "-----BEGIN A-----\nMIIB\n-----END A----", "is a PEM key whose END line does not match its BEGIN line" },
            {
                "-----BEGIN A-----\n MIIB\n-----END A-----",
                "is a PEM key with white space at the start or end of a line"
            },
            { Pem.TrimEnd('\n').Replace("\n", "\\n"), "is a PEM key with the characters \\n in place of line breaks" },
            { Pem + "x", "has text around a PEM key" },
            { "\ufeff" + Pem, "contains a character that is not visible (U+FEFF)" },
            { Pem + " ", "ends with white space" },
            { Pem.Replace('\n', '\r'), "contains a line break" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_text_that_cannot_be_a_key_is_refused(string text, string fault) => Assert.Equal(fault, FaultOf(text));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Equal("is not valid Unicode", FaultOf("k\ud800"));

    [Fact]
    public void A_passphrase_may_contain_asterisks_but_not_consist_of_them()
    {
        Assert.Null(KeyRules.FindFault(SecretText.Wrap("ab***cd".AsSpan()), isChosen: true));
        Assert.Equal(
            "is a masked value, not a key", KeyRules.FindFault(SecretText.Wrap("****".AsSpan()), isChosen: true));
    }

    public static TheoryData<string, string, string?, string?, string[]> Sets =>
        new()
        {
            { "k", "s", null, null, [] },
            { "k", "s", null, "B2C2", [] },
            { "k", "k", null, null, ["Error ApiSecret is the same as the API key"] },
            { "k", "s", null, "OKX", ["Error ApiPassphrase is missing, but OKX requires one"] },
            { "k", "s", null, "okx_uat", ["Error ApiPassphrase is missing, but okx_uat requires one"] },
            { "k", "s", null, "KUCOIN", ["Error ApiPassphrase is missing, but KUCOIN requires one"] },
            { "null", "s", null, null, ["Warning ApiKey looks like a placeholder"] },
            {
                "<your key>", "s", null, null,
                ["Warning ApiKey looks like a placeholder", "Warning ApiKey contains a space"]
            },
            {
                "$env:KEY", "${{ secrets.S }}", "%P%", null,
                [
                    "Warning ApiKey looks like a placeholder",
                    "Warning ApiSecret looks like a placeholder",
                    "Warning ApiSecret contains a space",
                    "Warning ApiPassphrase looks like a placeholder",
                ]
            },
            {
                "\"k\"", "/keys/desk.pem", null, null,
                [
                    "Warning ApiKey is in quotation marks, which are part of it",
                    "Warning ApiSecret looks like the path of a file",
                ]
            },
            {
                "k\u00e9y", "1.23457E+15", null, null,
                [
                    "Warning ApiKey contains a character that is not ASCII",
                    "Warning ApiSecret looks like a number that a spreadsheet rounded",
                ]
            },
            { "k", "s", "s", null, ["Warning ApiPassphrase is the same as the API secret"] },
            { "k", Pem.Replace("PRIVATE", "PUBLIC"), null, null, ["Warning ApiSecret is a public key"] },
            { new string('k', 64), new string('s', 64), null, "BINANCE", [] },
            { new string('k', 64), Pem, null, "BINANCE_SANDBOX", [] },
            {
                new string('k', 63), new string('s', 64), null, "BINANCE",
                ["Format ApiKey does not have the format of BINANCE (64 letters and digits)"]
            },
            {
                new string('k', 20), new string('s', 36), "pass word", "BYBIT",
                ["Warning ApiPassphrase was specified, but keys of BYBIT have none"]
            },
            { "0x" + new string('a', 40), "0x" + new string('b', 64), null, "HYPERLIQUID", [] },
        };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_set_of_keys_is_checked_against_its_venue(
        string key,
        string secret,
        string? passphrase,
        string? venue,
        string[] expected)
    {
        IReadOnlyList<KeyIssue> issues = KeyRules.Check(TestClients.Keys(key, secret, passphrase), venue);

        Assert.Equal(expected, issues.Select(static issue => $"{issue.Level} {issue.Part} {issue.Description}"));
    }

    [Fact]
    public void Keys_are_compared_by_digests_that_do_not_contain_them()
    {
        using var digest = new KeyDigest();
        using var other = new KeyDigest();
        ApiKeySet Keys(string secret) => new(SecretText.Wrap("canary".AsSpan()), SecretText.Wrap(secret.AsSpan()));

        Assert.Equal(digest.Compute(Keys("s")), digest.Compute(Keys("s")));
        Assert.NotEqual(digest.Compute(Keys("s")), digest.Compute(Keys("t")));
        Assert.Equal(digest.ComputeForKey(Keys("s")), digest.ComputeForKey(Keys("t")));
        Assert.NotEqual(digest.Compute(Keys("s")), other.Compute(Keys("s")));
    }

    private static string? FaultOf(string text) => KeyRules.FindFault(SecretText.Wrap(text.AsSpan()));
}
