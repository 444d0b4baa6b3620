namespace Cadenza.Client.Tests;

/// <summary>Warnings about misspelled values of a filter.</summary>
public sealed class UnknownValueTests
{
    [Fact]
    public void A_value_that_neither_the_API_documents_nor_a_credential_has_is_one_warning()
    {
        UnknownValues unknown = UnknownValues.Find(new CredentialFilter
        {
            Statuses = ["FALIED", "EXPIRED"],
            Expected = new ExpectedValues
            {
                Statuses = ["falied"],
                Venues = ["okx", "BINNACE", "NEW"],
                CredentialTypes = ["EXCHANG"],
                Nicknames = ["Desk 7", "desk 8"],
            },
        })!;

        unknown.Observe(new CredentialTraits("NEW", "HMAC", "ACTIVE"));
        unknown.Observe(new CredentialTraits(null, null, null));
        unknown.ObserveNickname("desk 7");

        Assert.Equal(
            [
                "No credential has the status 'FALIED'. The statuses are: ACTIVE.",
                "No credential has the venue 'BINNACE'. The venues are: NEW.",
                "No credential has the credential type 'EXCHANG'. The credential types are: HMAC.",
                "No credential has the nickname 'desk 8'.",
            ],
            unknown.CreateWarnings());
    }

    [Theory]
    [InlineData("OKX", false)]
    [InlineData("okx", false)]
    [InlineData("OKXX", true)]
    public void Only_an_undocumented_value_requires_the_whole_list(string venue, bool expected) =>
        Assert.Equal(expected, Find(venue) is not null);

    [Fact]
    public void A_warning_names_a_bounded_number_of_values()
    {
        UnknownValues unknown = Find("OKXX", 1000)!;
        unknown.Observe(new CredentialTraits("OKXX", null, null));
        Assert.Empty(unknown.CreateWarnings());
        Assert.True(Find("OKXX", 1000)!.CreateWarnings().Single().Length < 300);
    }

    [Fact]
    public void Nicknames_of_a_list_by_id_are_not_checked() =>
        Assert.Null(UnknownValues.Find(new CredentialFilter
        {
            CredentialIds = ["a"],
            Expected = new ExpectedValues { Nicknames = ["desk 7"] },
        }));

    private static UnknownValues? Find(string venue, int others = 0)
    {
        var filter = new CredentialFilter { Expected = new ExpectedValues { Venues = [venue] } };
        UnknownValues? unknown = UnknownValues.Find(filter);
        foreach (int i in Enumerable.Range(0, others))
        {
            unknown!.Observe(new CredentialTraits($"V{i}", null, null));
        }

        return unknown;
    }
}
