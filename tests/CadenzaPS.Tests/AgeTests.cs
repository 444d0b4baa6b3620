using CadenzaPS.Parameters;

namespace CadenzaPS.Tests;

/// <summary>An age is a number with a unit, and means the same in every culture.</summary>
public sealed class AgeTests
{
    [Theory]
    [InlineData("90d", 90 * 24)]
    [InlineData("12h", 12)]
    [InlineData("4w", 4 * 7 * 24)]
    [InlineData("90D", 90 * 24)]
    [InlineData("007d", 7 * 24)]
    [InlineData("999999w", 999_999L * 7 * 24)]
    public void A_number_with_a_unit_is_an_age_in_every_culture(string text, long hours)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in (string[])["", "de-DE", "ar-SA", "tr-TR", "fa-IR"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal(TimeSpan.FromHours(hours), AgeText.Parse(text));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("d")]
    [InlineData("0d")]
    [InlineData("-5d")]
    [InlineData("+5d")]
    [InlineData("1.5d")]
    [InlineData("1,5d")]
    [InlineData("5m")]
    [InlineData("5 d")]
    [InlineData("5d\n")]
    [InlineData("5days")]
    [InlineData("90.00:00:00")]
    [InlineData("\u0669\u0660d")]
    [InlineData("1000000d")]
    public void Anything_else_is_no_age(string? text) => Assert.Null(AgeText.Parse(text));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void What_is_exactly_as_old_is_not_older(int ticks, bool isOlder)
    {
        // The clocks of many time zones change in these 90 days.
        var changed = new DateTimeOffset(2026, 2, 1, 1, 30, 0, TimeSpan.Zero);
        DateTimeOffset now = changed.AddDays(90).AddTicks(ticks);

        var filter = new CredentialFilter { UpdatedBefore = AgeText.TimeBefore(now, AgeText.Parse("90d")!.Value) };

        Assert.Equal(isOlder, filter.MayMatch(default, changed));
    }

    [Fact]
    public void Nothing_is_older_than_an_age_that_began_before_the_first_year() =>
        Assert.Equal(
            DateTimeOffset.MinValue,
            AgeText.TimeBefore(DateTimeOffset.UnixEpoch, AgeText.Parse("999999w")!.Value));
}
