using CadenzaPS.Parameters;

namespace CadenzaPS.Tests;

/// <summary>The pure rules for dates and column names in the input.</summary>
public sealed class InputRulesTests
{
    [Theory]
    [InlineData("2026-10-27T14:30:00Z", "2026-10-27T14:30:00.0000000+00:00")]
    [InlineData("2026-10-27T14:30z", "2026-10-27T14:30:00.0000000+00:00")]
    [InlineData("2026-10-27 14:30:05+05:30", "2026-10-27T14:30:05.0000000+05:30")]
    [InlineData("2026-10-27T14:30:05.123456789-0800", "2026-10-27T14:30:05.1234567-08:00")]
    [InlineData("2026-10-27T14:30:05,5+02", "2026-10-27T14:30:05.5000000+02:00")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000+00:00")]
    public void ISO_8601_means_the_same_in_every_culture(string text, string expected)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "en-US", "de-DE", "fa-IR", "th-TH", "ar-SA" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(expected, IsoTime.Parse(text)?.ToString("O", CultureInfo.InvariantCulture));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_time_without_an_offset_is_local() =>
        Assert.Equal(new DateTimeOffset(new DateTime(2026, 10, 27)), IsoTime.Parse("2026-10-27"));

    [Theory]
    [InlineData("")]
    [InlineData(" 2026-10-27")]
    [InlineData("2026-10-27\n")]
    [InlineData("01/11/2026")]
    [InlineData("10:00")]
    [InlineData("90")]
    [InlineData("20261027")]
    [InlineData("2026-10")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29")]
    [InlineData("2026-10-27T25:00")]
    [InlineData("2026-10-27T10")]
    [InlineData("27 Oct 2026")]
    [InlineData("\u0662\u0660\u0662\u0666-10-27")]
    public void Other_forms_are_refused(string text) => Assert.Null(IsoTime.Parse(text));

    [Theory]
    [InlineData("Passphrase", "ApiPassphrase")]
    [InlineData("password", "ApiPassphrase")]
    [InlineData("API Passphrase", "ApiPassphrase")]
    [InlineData("Secret", "ApiSecret")]
    [InlineData("api_secret", "ApiSecret")]
    [InlineData("Private Key", "ApiSecret")]
    [InlineData("Key", "ApiKey")]
    [InlineData("\ufeffApiKey", "ApiKey")]
    [InlineData("Credential Id", "CredentialId")]
    [InlineData("Exchange", "Venue")]
    [InlineData("MaskedApiKey", null)]
    [InlineData("Note", null)]
    public void A_column_with_another_name_is_recognized(string column, string? parameter) =>
        Assert.Equal(parameter, ColumnNames.MeaningOf(column));

    [Theory]
    [InlineData("CredentialId;ApiKey;ApiSecret", ';', true)]
    [InlineData("CredentialId\tApiKey", '\t', true)]
    [InlineData("Id|Key", '|', true)]
    [InlineData("CredentialId", null, true)]
    [InlineData("491718de-357e-4da8-8b43-5c8e74616796;canary;canary", null, false)]
    public void A_wrong_delimiter_is_found_and_keys_are_no_names(string column, char? delimiter, bool areNames)
    {
        Assert.Equal(delimiter, ColumnNames.FindDelimiter([column]));
        Assert.Equal(areNames, ColumnNames.AreNames([column]));
    }
}
