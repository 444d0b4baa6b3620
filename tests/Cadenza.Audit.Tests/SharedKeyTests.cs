namespace Cadenza.Audit.Tests;

public sealed class SharedKeyTests
{
    [Fact]
    public void Two_credentials_with_the_same_masked_key_name_each_other()
    {
        CredentialFinding[] findings = Find(Credential("1", "abc123***"), Credential("2", "abc123***"));
        Assert.Equal(["1", "2"], findings.Select(static finding => finding.CredentialId));
        Assert.All(findings, static finding => Assert.Equal(("SharedKey", "Medium"), (finding.Rule, finding.Severity)));
        Assert.Equal("The masked API key is the same as that of 2 (OKX 'desk 2').", findings[0].Message);
        TextAssert.DoesNotContain("abc123", findings[0].Message);
    }

    [Theory]
    [InlineData("abc123***", "abc124***")]
    [InlineData("abc123***", "ABC123***")]
    [InlineData("***", "***")]
    [InlineData("abc***", "abc***")]
    [InlineData(null, null)]
    [InlineData("", "")]
    public void Other_masks_and_masks_that_identify_nothing_are_no_finding(string? first, string? second) =>
        Assert.Empty(Find(Credential("1", first), Credential("2", second)));

    [Fact]
    public void A_key_is_compared_within_its_venue_and_without_revoked_credentials()
    {
        Assert.Empty(Find(Credential("1", "abc123***"), Credential("2", "abc123***", venue: "BYBIT")));
        Assert.Empty(Find(Credential("1", "abc123***"), Credential("2", "abc123***", status: "REVOKED")));
        Assert.Equal(2, Find(Credential("1", "abc123***"), Credential("2", "abc123***", venue: "okx")).Length);
    }

    [Fact]
    public void A_credential_that_the_list_contains_twice_does_not_share_its_key() =>
        Assert.Empty(Find(Credential("1", "abc123***"), Credential("1", "abc123***")));

    [Fact]
    public void A_prefix_that_most_keys_of_a_venue_have_is_no_finding()
    {
        IEnumerable<CadenzaCredential> prefix = CreateMany(4, "p", static _ => "organi***");
        Assert.Empty(Find([.. prefix, .. CreateOthers(3)]));
        CredentialFinding[] findings = Find([.. prefix, .. CreateOthers(4)]);
        Assert.Equal(4, findings.Length);
        TextAssert.EndsWith("p1 (OKX 'desk p1'), p2 (OKX 'desk p2'), p3 (OKX 'desk p3').", findings[0].Message);
    }

    [Fact]
    public void A_message_names_three_credentials_and_counts_the_others()
    {
        IEnumerable<CadenzaCredential> same = CreateMany(6, "s", static _ => "abc123***");
        TextAssert.EndsWith(" and 2 more.", Find([.. same, .. CreateOthers(9)])[0].Message);
    }

    private static IEnumerable<CadenzaCredential> CreateMany(int count, string prefix, Func<int, string> mask) =>
        Enumerable.Range(0, count).Select(i => Credential($"{prefix}{i}", mask(i)));

    /// <summary>Credentials with different keys.</summary>
    private static IEnumerable<CadenzaCredential> CreateOthers(int count) =>
        CreateMany(count, "o", static i => $"key{i}x***");

    private static CadenzaCredential Credential(
        string id, string? mask, string venue = "OKX", string status = "VERIFIED") => new()
        {
            CredentialId = id,
            Nickname = "desk " + id,
            Venue = venue,
            Status = status,
            MaskedApiKey = mask,
            UpdatedAt = SampleInventory.Now,
        };

    private static CredentialFinding[] Find(params CadenzaCredential[] credentials) =>
        [.. SampleInventory.Audit(credentials, null).Findings];
}
