namespace Cadenza.Client.Tests;

/// <summary>
/// Lists and properties of the model are readable where only their text is taken, as in a CSV file, and are lists in
/// JSON.
/// </summary>
public sealed class ReadableTextTests
{
    [Fact]
    public void Identities_are_words_as_text_and_an_array_in_JSON()
    {
        var credential = new CadenzaCredential { CredentialId = "a", Identities = ["spot", "margin"] };

        Assert.Equal("spot, margin", credential.Identities.ToString());
        Assert.Contains(
            "\"Identities\":[\"spot\",\"margin\"]",
            JsonSerializer.Serialize(credential),
            StringComparison.Ordinal);
        Assert.Equal("", new CadenzaCredential { CredentialId = "a" }.Identities.ToString());
    }

    [Fact]
    public void Additional_properties_are_JSON_as_text_and_nothing_where_there_are_none()
    {
        var members = new Dictionary<string, object?>
        {
            ["region"] = "zürich & co",
            ["depth"] = new List<object?> { 1L, null, 2.5 },
            ["huge"] = double.PositiveInfinity,
        };
        var credential = new CadenzaCredential { CredentialId = "a", AdditionalProperties = members };

        Assert.Equal(
            "{\"region\":\"zürich & co\",\"depth\":[1,null,2.5],\"huge\":\"Infinity\"}",
            credential.AdditionalProperties.ToString());
        Assert.Equal("", new CadenzaCredential { CredentialId = "a" }.AdditionalProperties.ToString());
    }

    [Fact]
    public void Accounts_are_words_as_text()
    {
        var result = new VerificationResult
        {
            CredentialId = "a",
            Answer = VerificationAnswer.Accepted,
            Accounts =
            [
                new TradingAccount { AccountType = "SPOT", Nickname = "desk 7", Status = "ACTIVE" },
                new TradingAccount { TradingAccountId = "t-1" },
            ],
        };

        Assert.Equal("SPOT 'desk 7' ACTIVE, account t-1", result.Accounts.ToString());
    }
}
