using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>Times come as milliseconds, as digits in a string, and as ISO 8601 twins.</summary>
public sealed class CredentialTimeTests
{
    [Theory]
    [InlineData("\"createdAt\":1704067200000", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":\"1704067200000\"", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":1704067200000.75", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":1.7040672e12", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":0", "1970-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":-1000", "1969-12-31T23:59:59Z")]
    [InlineData("\"createdAt\":\"2024-01-01T02:00:00+02:00\"", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":\"2024-01-01T00:00:00\"", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAtDateTime\":\"2000-01-23T04:56:07.000+00:00\"", "2000-01-23T04:56:07Z")]
    [InlineData("\"createdAt\":null,\"createdAtDateTime\":\"2000-01-23T04:56:07Z\"", "2000-01-23T04:56:07Z")]
    [InlineData("\"createdAtDateTime\":\"2000-01-23T04:56:07Z\",\"createdAt\":1704067200000", "2024-01-01T00:00:00Z")]
    [InlineData("\"createdAt\":null", null)]
    [InlineData("\"createdAt\":\"\"", null)]
    [InlineData("\"venue\":\"OKX\"", null)]
    public void A_time_is_read_in_every_form_and_is_utc(string member, string? expected)
    {
        DateTimeOffset? time = Read(member).CreatedAt;

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeSpan.Zero, time?.Offset ?? TimeSpan.Zero);
    }

    public static TheoryData<string> AbsurdTimes =>
    [
        "99999999999999999", "-99999999999999999", "1e300", "1e999", "123456789012345678901234567890", "\"soon\"",
        "true", "{}", "[1704067200000]",
    ];

    [Theory]
    [MemberData(nameof(AbsurdTimes))]
    public void An_absurd_time_refuses_the_element(string value) =>
        Assert.Equal(
            "updatedAt is not a time",
            Assert.Throws<CredentialFormatException>(() => Read("\"updatedAt\":" + value)).Message);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void The_machines_culture_makes_no_difference(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(
                new DateTimeOffset(2000, 1, 23, 4, 56, 7, TimeSpan.Zero),
                Read("\"createdAt\":\"2000-01-23T04:56:07.000Z\"").CreatedAt);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CadenzaCredential Read(string members) =>
        CredentialReader.Read(Encoding.UTF8.GetBytes($$"""{"credentialId":"a",{{members}}}"""), SecretRedactor.Plain);
}
