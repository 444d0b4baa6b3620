using Cadenza.Client.Text;

namespace Cadenza.Client.Tests;

/// <summary>The ids that are sent.</summary>
public sealed class CredentialIdRulesTests
{
    private const string Id = "491718de-357e-4da8-8b43-5c8e74616796";

    [Theory]
    [InlineData(Id)]
    [InlineData("{" + Id + "}")]
    [InlineData("(" + Id + ")")]
    [InlineData(" " + Id + "\r\n")]
    [InlineData("\u00a0" + Id)]
    [InlineData("'" + Id + "'")]
    [InlineData("\"{" + Id + "}\"")]
    [InlineData("\u201c" + Id + "\u201d")]
    [InlineData("urn:uuid:" + Id)]
    [InlineData("URN:UUID:" + Id)]
    [InlineData(" {'urn:uuid:" + Id + "'} ")]
    public void A_UUID_is_used_without_what_is_around_it(string id)
    {
        Assert.Equal(Id, CredentialIdRules.Normalize(id));
        Assert.Null(CredentialIdRules.Validate(CredentialIdRules.Normalize(id)));
    }

    [Theory]
    [InlineData("90CCB6A0-6CD2-430E-B878-834768668743")]
    [InlineData("abc")]
    [InlineData("491718de357e4da88b435c8e74616796")]
    [InlineData("007")]
    public void Another_id_is_sent_as_it_is(string id)
    {
        Assert.Equal(id, CredentialIdRules.Normalize(id));
        Assert.Null(CredentialIdRules.Validate(id));
    }

    [Theory]
    [InlineData("{abc}", "contains a quotation mark or a brace")]
    [InlineData("'abc'", "contains a quotation mark or a brace")]
    [InlineData(" abc", "contains white space")]
    [InlineData("abc\u200b", "contains a character that is not allowed in an id")]
    [InlineData("\ufeffabc", "contains a character that is not allowed in an id")]
    [InlineData("{" + Id, "contains a quotation mark or a brace")]
    public void Another_id_with_something_around_it_is_refused(string id, string fault) =>
        Assert.StartsWith(fault, CredentialIdRules.Validate(CredentialIdRules.Normalize(id)), StringComparison.Ordinal);

    [Theory]
    [InlineData("abc%2Fdef")]
    [InlineData("100%")]
    public void A_percent_sign_is_refused_because_a_server_may_decode_it(string id) => Assert.StartsWith(
        "contains a character that is not allowed in an id", CredentialIdRules.Validate(id), StringComparison.Ordinal);

    [Fact]
    public void The_longest_id_is_valid_and_a_longer_one_is_not()
    {
        Assert.Null(CredentialIdRules.Validate(new string('a', 256)));
        Assert.NotNull(CredentialIdRules.Validate(new string('a', 257)));
    }

    [Fact]
    public void The_case_of_letters_counts_except_in_a_UUID()
    {
        Assert.Equal(Id, Id.ToUpperInvariant(), CredentialIdComparer.Instance);
        Assert.NotEqual("abc", "ABC", CredentialIdComparer.Instance);
    }
}
