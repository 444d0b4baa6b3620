using System.Security;
using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>A secret is redacted in whatever form a server quotes it.</summary>
public sealed class SecretRedactorTests
{
    private const string Pem =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPz7Qd/1+o0kVqk0a9bTr2e5nV8yWJxX3cLmHsUfGtAB\n"
        + "q83+/Zk7PbN5QwRtYuIoP1aSdFgHjKlZxCvBnM0987654321QwErTyUiOpLkJhGf\nZz9+aa==\n-----END PRIVATE KEY-----\n";

    private static readonly Dictionary<string, string> Secrets = new()
    {
        ["plain"] = "canaryABCDEF0123456789xyz",
        ["signs"] = "cAn+ry/&='\"\\<>?%41_;:,{}[]x",
        ["not ASCII"] = "canary-geheim-\u00fc\u00df\u20ac\ud83d\udd11-\u6587\u5b57-end",
        ["spaces"] = " a canary phrase with spaces ",
        ["looks encoded"] = "canary%2Bab&amp;cd\\u0041\\nefgh",
        ["lines"] = "canaryline1\r\ncanaryline2\r\n",
        ["PEM"] = Pem,
    };

    public static TheoryData<string, string> Cases =>
        Combinations.Of(EchoForms.All.Keys, Secrets.Keys);

    /// <summary>Without the forms that are a part of the secret: servers show the ends of a key.</summary>
    public static TheoryData<string, string> WholeCases =>
        Combinations.Of(EchoForms.All.Keys.Except(["middle", "first half", "second half"]), Secrets.Keys);

    public static TheoryData<string> InvalidEncodings =>
    [
        "%u12G4", "%u12", "%E2%82", "%F4%90%80%80", "\\", "\\u12G4", "\\x4", "\\q", "&#;", "&#x;", "&#12a;",
        "&#9999999;", "&nothing;", "&",
    ];

    [Theory]
    [MemberData(nameof(InvalidEncodings))]
    public void Text_that_only_looks_encoded_stays_and_the_secret_after_it_is_redacted(string text)
    {
        const string Secret = "canaryABCDEF0123456789xyz";
        string message = Redactor(Secret).RedactMessage($"The value {text} {Uri.EscapeDataString(Secret)} {text}!")!;

        Assert.Equal($"The value {text} *** {text}!", message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_secret_in_any_form_is_redacted_in_a_message(string form, string name)
    {
        string secret = Secrets[name];
        string quoted = EchoForms.All[form](secret);

        string message = Redactor(secret).RedactMessage($"The value [{quoted}] is not valid")!;

        EchoForms.AssertNotIn(quoted, message);
        Assert.StartsWith("The value [", message, StringComparison.Ordinal);
        Assert.EndsWith("] is not valid", message, StringComparison.Ordinal);
        Assert.Contains("***", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_secret_in_any_form_is_redacted_in_debug_output(string form, string name)
    {
        string secret = Secrets[name];
        string quoted = EchoForms.All[form](secret);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new { note = quoted, list = new[] { new { text = "x " + quoted } } });

        string detail = MaskedJson.Format(body, Redactor(secret));

        using var shown = JsonDocument.Parse(detail);
        string[] texts =
        [
            shown.RootElement.GetProperty("note").GetString()!,
            shown.RootElement.GetProperty("list")[0].GetProperty("text").GetString()!,
        ];
        Assert.All(texts, text => EchoForms.AssertNotIn(quoted, text));
        Assert.All(texts, static text => Assert.Contains("***", text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WholeCases))]
    public void A_whole_secret_in_any_form_is_redacted_in_a_value(string form, string name)
    {
        string secret = Secrets[name];
        string quoted = EchoForms.All[form](secret);
        SecretRedactor redactor = Redactor(secret);
        Assert.Contains("***", redactor.Redact($"desk {quoted} 7"), StringComparison.Ordinal);

        Assert.Equal("desk 19 of the other texts", redactor.Redact("desk 19 of the other texts"));
        redactor.Dispose();
        Assert.Contains("***", redactor.Redact($"desk {quoted} 7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", 12, 13)]
    [InlineData("plain", 0, 13)]
    [InlineData("spaces", 1, 14)]
    [InlineData("looks encoded", 0, 24)]
    [InlineData("lines", 0, 13)]
    [InlineData("PEM", 40, 32)]
    public void The_shortest_part_that_is_redacted_is_redacted_if_it_is_the_whole_value(
        string name, int start, int length)
    {
        string part = Secrets[name].Substring(start, length);
        Assert.Contains("***", Redactor(Secrets[name]).Redact(part), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_part_of_a_secret_remains_in_a_value_but_not_in_a_message()
    {
        using var redactor = new SecretRedactor([SecretText.Wrap("canary1234567890abcdefghijk23456789")]);

        // With a percent sign, the quick filter cannot exclude that the text contains the secret.
        Assert.Equal("100 % of all keys canary1234", redactor.Redact("100 % of all keys canary1234"));
        Assert.Equal("100 % of all keys ***", redactor.RedactDetail("100 % of all keys canary1234"));
    }

    [Theory]
    [InlineData("p+&'")]
    [InlineData("7\"\u00fc/")]
    [InlineData("a b c")]
    [InlineData("ab%cd&e")]
    public void A_short_secret_is_redacted_as_a_whole(string secret)
    {
        string[] whole =
        [
            "as sent", "upper case", "JSON", "JSON twice", "every character escaped", "URL-encoded", "form data",
            "HTML", "base64", "base64url", "hexadecimal",
        ];
        foreach (string form in whole)
        {
            string quoted = EchoForms.All[form](secret);

            string message = Redactor(secret).RedactMessage($"The value <{quoted}> is not valid")!;

            Assert.DoesNotContain(quoted, message, StringComparison.Ordinal);
            Assert.Contains("***", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("The key canary12*** is not valid")]
    [InlineData("The key canary12****6789 is not valid")]
    [InlineData("The key ***23456789 is not valid")]
    [InlineData("The key canary is not valid: 0123456")]
    [InlineData("http://example.com/a?b=c%20d &amp; \\u0041 dGhpcyBpcyBhIHRleHQ= 0x41 https://host/a@b")]
    public void Other_text_and_keys_that_the_server_masked_remain(string text)
    {
        const string Key = "canary1234567890abcdefghijk23456789";

        Assert.Equal(text, Redactor(Key, "passphrase 12").RedactMessage(text));
        Assert.Equal(text, Redactor(Key, "passphrase 12").Redact(text));
    }

    [Fact]
    public void Each_quotation_of_a_secret_is_redacted_for_itself() =>
        Assert.Equal(
            "cannot use *** with *** or ***",
            Redactor("canary+secret", "canary-other")
                .RedactMessage("cannot use canary+secret with canary%2Bsecret or canary-other"));

    [Fact]
    public void A_part_of_less_than_half_a_secret_remains_in_a_value()
    {
        SecretRedactor redactor = Redactor("trading desk of the night 2026");

        Assert.Equal("trading desk", redactor.Redact("trading desk"));
        Assert.Equal("***", redactor.RedactMessage("trading desk"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(505)]
    [InlineData(4080)]
    [InlineData(16380)]
    public void A_secret_at_the_limit_of_a_text_is_redacted_before_the_text_is_truncated(int position)
    {
        string filler = new('.', position);
        string text = filler + Secrets["plain"] + " and more " + filler;
        SecretRedactor redactor = Redactor(Secrets["plain"]);

        Assert.DoesNotContain("canar", redactor.RedactMessage(text), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "canar",
            MaskedJson.Format(JsonSerializer.SerializeToUtf8Bytes(new { text }), redactor),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_a_number_or_the_name_of_a_member_is_redacted_in_debug_output()
    {
        string detail = MaskedJson.Format(
            """{"a":123456789012,"x canarycanary":[123456789012.5,77,null],"X-Api-Key":"other","api_secret":1}"""u8,
            Redactor("123456789012", "canarycanary"));

        Assert.Equal("""{"a":"***","x ***":["***",77,null],"X-Api-Key":"***","api_secret":"***"}""", detail);
    }

    [Fact]
    public void A_body_that_is_not_JSON_is_not_shown() =>
        Assert.Equal(
            "(24 bytes that are not JSON)",
            MaskedJson.Format("<html>canarycanary</html"u8, Redactor("canarycanary")));

    [Fact]
    public void An_exception_of_the_platform_is_replaced_if_it_quotes_a_secret()
    {
        var harmless = new InvalidOperationException("outer", new FormatException("inner"));
        var quoting = new InvalidOperationException("outer", new FormatException("Invalid header: canary%2Bcanary"));
        var proxy = new InvalidOperationException("The proxy tunnel request to proxy 'http://user:pw@host/' failed");
        SecretRedactor redactor = Redactor("canary+canary");

        Assert.Same(harmless, redactor.RedactException(harmless));
        Assert.Equal(
            "System.InvalidOperationException: outer ---> System.FormatException: Invalid header: ***",
            redactor.RedactException(quoting).Message);
        Assert.Null(redactor.RedactException(quoting).InnerException);
        Assert.EndsWith(
            "proxy 'http://host/' failed",
            redactor.RedactException(proxy).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void A_long_text_and_a_long_secret_take_no_long_time()
    {
        string secret = string.Concat(
            Enumerable.Range(0, 400).Select(static i => i.ToString("x8", CultureInfo.InvariantCulture)));
        string text = new StringBuilder().Insert(0, "aaaaaaaaaaaaaaaa%25%25%25&amp;", 100_000).ToString();

        Assert.EndsWith("...", Redactor(secret).RedactMessage(text), StringComparison.Ordinal);
        Assert.Equal(text.Length, Redactor(secret).Redact(text).Length);
    }

    private static SecretRedactor Redactor(params string[] secrets) =>
        new([.. secrets.Select(static secret => (SecureString)SecretText.Wrap(secret))]);
}
