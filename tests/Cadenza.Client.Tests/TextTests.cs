using Cadenza.Client.Text;

namespace Cadenza.Client.Tests;

/// <summary>Text for terminals, pages and files: sanitized, cut and formatted in one place each.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u001b[31mb", "a\uFFFD[31mb")]
    [InlineData("a\u202Eb\u2028c", "a\uFFFDb\uFFFDc")]
    [InlineData("\uFFFE\uFFFF\uFEFF", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("\U0001F511", "\U0001F511")]
    public void What_a_terminal_would_act_upon_is_replaced(string text, string expected) =>
        Assert.Equal(expected, TextSanitizer.Sanitize(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        string half = "\U0001F511".Substring(0, 1);

        Assert.Equal("a\uFFFDb", TextSanitizer.Sanitize("a" + half + "b"));
        Assert.Equal("a\uFFFD", TextSanitizer.Sanitize("a" + half));
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab\u2026")]
    [InlineData("a bcd", 3, "a\u2026")]
    [InlineData("a\U0001F511bc", 3, "a\u2026")]
    public void Text_is_cut_between_characters(string text, int length, string expected) =>
        Assert.Equal(expected, TextTruncation.Truncate(text, length));

    [Fact]
    public void A_sentence_names_five_accounts_and_counts_the_others()
    {
        IReadOnlyCollection<string> names = [.. Enumerable.Range(1, 7).Select(static i => $"desk {i}")];

        Assert.Equal(
            "7 trading accounts ('desk 1', 'desk 2', 'desk 3', 'desk 4', 'desk 5' and 2 more)",
            AccountPhrase.Format(names));
        Assert.Equal("1 trading account ('desk\u2026')", AccountPhrase.Format(["desk of the night"], maxName: 6));
        Assert.Equal(
            "account t-1",
            AccountPhrase.NameOf(new TradingAccount { Nickname = " ", TradingAccountId = "t-1" }));
    }

    [Fact]
    public void Times_are_UTC()
    {
        var time = new DateTimeOffset(2026, 1, 31, 1, 5, 7, 89, TimeSpan.FromHours(2));

        Assert.Equal("2026-01-30", UtcTime.FormatDay(time));
        Assert.Equal("2026-01-30 23:05", UtcTime.FormatMinute(time));
        Assert.Equal("2026-01-30 23:05:07Z", UtcTime.FormatSecond(time));
        Assert.Equal("2026-01-30T23:05:07.089Z", UtcTime.FormatIso(time));
    }
}
