namespace Cadenza.Commands.Tests;

/// <summary>The comparison of a credential of the input with the one on the server.</summary>
public sealed class CredentialDifferenceTests
{
    private const string UpdatedAt = "2026-11-25T19:49:53.4567890+00:00";

    private static readonly CadenzaCredential Actual = new()
    {
        CredentialId = "a",
        Venue = "OKX",
        Nickname = "desk 7",
        Status = "VERIFIED",
        UpdatedAt = Time(UpdatedAt),
    };

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("", "", "", null)]
    [InlineData("OKX", "desk 7", "VERIFIED", UpdatedAt)]
    [InlineData("okx", null, "verified", null)]
    [InlineData(null, null, null, "2026-11-25T19:49:53.456Z")]
    [InlineData(null, null, null, "2026-11-25T19:49:53Z")]
    [InlineData(null, null, null, "2026-11-26T04:49:53+09:00")]
    public void The_same_values_and_missing_values_are_no_difference(
        string? venue, string? nickname, string? status, string? updatedAt) =>
        Assert.Null(Find(venue, nickname, status, updatedAt));

    [Theory]
    [InlineData("BYBIT", null, null, null, "its venue is 'OKX' instead of 'BYBIT'")]
    [InlineData(null, "desk 8", null, null, "its nickname is 'desk 7' instead of 'desk 8'")]
    [InlineData(null, "Desk 7", null, null, "its nickname is 'desk 7' instead of 'Desk 7'")]
    [InlineData(null, null, "FAILED", null, "its status is 'VERIFIED' instead of 'FAILED'")]
    [InlineData(
        null, null, null, "2026-11-25T19:49:53.455Z",
        "it was last changed at 2026-11-25T19:49:53.456Z instead of 2026-11-25T19:49:53.455Z")]
    [InlineData(
        null, null, null, "2026-11-25T19:49:52Z",
        "it was last changed at 2026-11-25T19:49:53.456Z instead of 2026-11-25T19:49:52.000Z")]
    [InlineData(
        "BYBIT", null, "FAILED", null,
        "its venue is 'OKX' instead of 'BYBIT', and its status is 'VERIFIED' instead of 'FAILED'")]
    public void Each_difference_is_named(
        string? venue, string? nickname, string? status, string? updatedAt, string expected) =>
        Assert.Equal("it differs from the input. On the server, " + expected, Find(venue, nickname, status, updatedAt));

    [Fact]
    public void A_value_that_the_server_does_not_have_is_a_difference()
    {
        var seen = new CredentialReference("a", "OKX", "desk 7")
        {
            Status = "VERIFIED", UpdatedAt = Time("2026-11-25T19:49:53Z"),
        };

        Assert.Equal(
            "it differs from the input. On the server, its venue is empty instead of 'OKX', and its nickname is empty "
            + "instead of 'desk 7', and its status is empty instead of 'VERIFIED', and it was last changed at unknown "
            + "instead of 2026-11-25T19:49:53.000Z",
            CredentialDifference.Find(seen, new CadenzaCredential { CredentialId = "a" }));
    }

    [Fact]
    public void Names_are_sanitized() => TextAssert.DoesNotContain("\u001b", Find("OKX", "red\u001b[31m", null, null));

    private static string? Find(string? venue, string? nickname, string? status, string? updatedAt) =>
        CredentialDifference.Find(
            new CredentialReference("a", venue, nickname)
            {
                Status = status, UpdatedAt = updatedAt is null ? null : Time(updatedAt),
            },
            Actual);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
