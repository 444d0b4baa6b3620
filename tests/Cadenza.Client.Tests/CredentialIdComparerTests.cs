using Cadenza.Client.Text;

namespace Cadenza.Client.Tests;

/// <summary>Two ids are never taken for one, and no id looks like another one.</summary>
public sealed class CredentialIdComparerTests
{
    [Theory]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "abc", true)]
    [InlineData("a0b1c2d3-0000-4000-8000-00000000000f", "A0B1C2D3-0000-4000-8000-00000000000F", true)]
    [InlineData("a0b1c2d3000040008000000000000000", "A0B1C2D3000040008000000000000000", true)]
    [InlineData("a0b1c2d3-0000-4000-8000-00000000000g", "A0B1C2D3-0000-4000-8000-00000000000G", false)]
    [InlineData("507f1f77bcf86cd799439011", "507F1F77BCF86CD799439011", false)]
    [InlineData("a0b1c2d3_0000_4000_8000_00000000000f", "A0B1C2D3_0000_4000_8000_00000000000F", false)]
    [InlineData("ı", "I", false)]
    [InlineData("k", "\u212a", false)]
    public void Only_uuids_are_compared_without_regard_to_case(string left, string right, bool areEqual)
    {
        Assert.Equal(areEqual, CredentialIdComparer.Instance.Equals(left, right));
        Assert.Equal(areEqual, CredentialIdComparer.Normalize(left) == CredentialIdComparer.Normalize(right));
        Assert.Equal(areEqual ? 1 : 2, new HashSet<string>([left, right], CredentialIdComparer.Instance).Count);
    }

    public static TheoryData<string> AmbiguousIds =>
    [
        "a\u200bb", "a\u00adb", "\u0430bc", "a\u2010b", "\uff41bc", "a\u0301", "\U0001d41abc", "a'b", "a\"b", "a(b)",
        "{a0b1c2d3-0000-4000-8000-00000000000f}", "a,b", "a*", "..",
    ];

    [Theory]
    [MemberData(nameof(AmbiguousIds))]
    public void An_id_that_can_look_like_another_one_is_not_valid(string id) =>
        Assert.NotNull(CredentialIdRules.Validate(id));

    [Theory]
    [InlineData("a0b1c2d3-0000-4000-8000-00000000000f")]
    [InlineData("42")]
    [InlineData("cred_01HZX.v2~a")]
    [InlineData("urn:uuid:a0b1c2d3-0000-4000-8000-00000000000f")]
    [InlineData("q83vEjRWeJA+/w==")]
    [InlineData("key@desk")]
    public void An_id_of_a_common_form_is_valid(string id) => Assert.Null(CredentialIdRules.Validate(id));

    [Theory]
    [InlineData("desk'): disconnects no trading account", "a (OKX 'desk''): disconnects no trading account')")]
    [InlineData("b\u00a0\u2003  c", "a (OKX 'b c')")]
    [InlineData("x\u200by\u202ez\u00ad", "a (OKX 'x\ufffdy\ufffdz\ufffd')")]
    [InlineData("z\u0301\u0301\u0301\u0301\u0301\u0301", "a (OKX 'z\u0301\u0301\u0301')")]
    [InlineData("\ud83d\ude80 to the moon", "a (OKX '\ud83d\ude80 to the moon')")]
    [InlineData("\udb40\udc41", "a (OKX '\ufffd')")]
    public void A_name_comes_after_the_id_in_quotes_and_without_invisible_characters(
        string nickname,
        string expected) => Assert.Equal(expected, DisplayName.Format("OKX", nickname, "a"));

    [Theory]
    [InlineData("OKX", "a (OKX)")]
    [InlineData("BINANCE_UAT", "a (BINANCE_UAT)")]
    [InlineData("OKX) is revoked (", "a ('OKX) is revoked (')")]
    public void A_venue_that_is_not_one_word_is_quoted(string venue, string expected) =>
        Assert.Equal(expected, DisplayName.Format(venue, null, "a"));

    [Theory]
    [InlineData("n")]
    [InlineData("\ud83d\ude80")]
    [InlineData("\u0301")]
    [InlineData(" ")]
    [InlineData("'")]
    public void A_very_long_name_is_truncated_everywhere(string part)
    {
        string name = "x" + string.Concat(System.Linq.Enumerable.Repeat(part, 100_000));
        string[] texts =
        [
            DisplayName.Format(name, name, "a"),
            AccountPhrase.Format([name]),
            new TradingAccount { TradingAccountId = "t", Nickname = name, CredentialIds = [] }.ToString(),
        ];

        Assert.All(texts, static text => Assert.InRange(text.Length, 1, 300));
    }
}
