using Cadenza.Audit;
using Cadenza.Client.Text;
using Cadenza.Commands.Impact;
using CadenzaPS.Views;

namespace CadenzaPS.Tests;

/// <summary>Ages, colours and widths of the views, as far as they need no PowerShell.</summary>
public sealed class ViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0.00:00:00", "0 s")]
    [InlineData("0.00:00:59.9", "59 s")]
    [InlineData("0.00:01:00", "1 min")]
    [InlineData("0.00:59:59", "59 min")]
    [InlineData("0.01:00:00", "1 h")]
    [InlineData("1.23:59:59", "47 h")]
    [InlineData("2.00:00:00", "2 d")]
    [InlineData("45.03:00:00", "45 d")]
    [InlineData("729.23:00:00", "729 d")]
    [InlineData("731.00:00:00", "2 y")]
    [InlineData("3700.00:00:00", "10 y")]
    [InlineData("-0.00:00:30", "0 s")]
    [InlineData("-3.00:00:00", "in 3 d")]
    public void An_age_is_one_number_and_one_unit(string age, string expected) =>
        Assert.Equal(expected, Age.Of(Now - TimeSpan.Parse(age, CultureInfo.InvariantCulture), Now));

    [Fact]
    public void Every_time_that_there_is_has_an_age()
    {
        Assert.Equal("2025 y", Age.Of(DateTimeOffset.MinValue, Now));
        Assert.StartsWith("in ", Age.Of(DateTimeOffset.MaxValue, Now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FAILED", "Red")]
    [InlineData("error", "Red")]
    [InlineData("EXPIRED", "Red")]
    [InlineData("REVOKED", "BrightBlack")]
    [InlineData("PENDING", "Yellow")]
    [InlineData("CREATED", "Yellow")]
    [InlineData("VERIFIED", "Green")]
    [InlineData("ACTIVE", "Green")]
    [InlineData("VALIDATED", "Green")]
    [InlineData("NEVER_SEEN", null)]
    [InlineData("", null)]
    public void A_status_has_the_colour_of_what_it_means(string status, string? color) =>
        Assert.Equal(color, StatusTone.ColorOf(status));

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(89)]
    [InlineData(90)]
    [InlineData(100)]
    [InlineData(110)]
    [InlineData(120)]
    [InlineData(500)]
    public void A_table_leaves_room_for_the_id_and_for_every_header(int window)
    {
        var widths = TableWidths.Of(window);

        int all =
            widths.Nickname
            + widths.Venue
            + widths.Type
            + widths.Status
            + "Updated".Length
            + Guid.Empty.ToString().Length
            + 5;
        Assert.True(all < Math.Max(window, 80), $"{all}");
        Assert.True(
            widths.Nickname >= "Nickname".Length && widths.Type >= "Type".Length && widths.Status >= "VERIFIED".Length);
        Assert.True(widths.Venue >= "BINANCE_UAT".Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(110)]
    [InlineData(160)]
    [InlineData(500)]
    public void The_tables_of_impacts_and_findings_leave_room_for_the_id_and_for_every_header(int window)
    {
        var impact = ImpactWidths.Of(window);
        var finding = FindingWidths.Of(window);
        int id = Guid.Empty.ToString().Length;
        int effect = ImpactEffect.All.Max(static word => word.Length);
        int rule = FindingRule.All.Max(static word => word.Length);

        Assert.True(impact.Nickname + impact.Venue + effect + impact.Accounts + id + 4 < Math.Max(window, 80));
        Assert.True("Severity".Length + rule + finding.Nickname + finding.Venue + id + 4 < Math.Max(window, 80));
        Assert.True(
            impact.Nickname >= "Nickname".Length
                && impact.Accounts >= "Accounts".Length
                && finding.Nickname >= "Nickname".Length);
        Assert.True(impact.Venue >= "BINANCE_UAT".Length && finding.Venue >= "BINANCE_UAT".Length);
    }

    [Fact]
    public void The_type_is_cut_before_the_nickname_and_a_wider_window_never_cuts_more()
    {
        for (int window = 80; window <= 200; window++)
        {
            var widths = TableWidths.Of(window);
            var narrower = TableWidths.Of(window - 1);

            Assert.True(widths.Type == "Type".Length || widths.Nickname >= 23, $"{window}");
            Assert.True(
                widths.Nickname >= narrower.Nickname && widths.Venue >= narrower.Venue
                && widths.Type >= narrower.Type && widths.Status >= narrower.Status,
                $"{window}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(80)]
    [InlineData(110)]
    [InlineData(500)]
    public void The_table_of_verifications_leaves_room_for_the_id_and_for_every_answer(int window)
    {
        var widths = VerificationWidths.Of(window);
        int others = VerificationAnswer.NotApplicable.Length + Guid.Empty.ToString().Length + 3;

        Assert.True(widths.Nickname + widths.Venue + others < Math.Max(window, 80));
        Assert.True(widths.Nickname >= "Nickname".Length && widths.Venue >= "BINANCE_UAT".Length);
    }

    [Fact]
    public void Every_effect_has_a_colour_and_every_severity_that_cannot_wait()
    {
        Assert.All(ImpactEffect.All, static effect => Assert.NotNull(StatusTone.ColorOfEffect(effect)));
        Assert.NotNull(StatusTone.ColorOfSeverity(nameof(FindingSeverity.High)));
        Assert.Null(StatusTone.ColorOfSeverity(nameof(FindingSeverity.Low)));
        Assert.Null(StatusTone.ColorOfEffect("NEVER_SEEN"));
    }

    [Theory]
    [InlineData("desk 7", 8, "desk 7")]
    [InlineData("Treasury", 8, "Treasury")]
    [InlineData("Treasury hedge", 8, "Treasur\u2026")]
    [InlineData("Market making", 8, "Market\u2026")]
    [InlineData("HYPERLIQUID_UAT", 11, "HYPERL\u2026_UAT")]
    [InlineData("CUMBERLAND_UAT", 15, "CUMBERLAND_UAT")]
    [InlineData("1234567\U0001F680\U0001F680", 9, "1234567\u2026")]
    public void A_text_is_cut_where_it_shows(string text, int cells, string expected) =>
        Assert.Equal(expected, CellText.Cut(text, cells, static part => part.Length));

    [Fact]
    public void A_character_of_two_cells_counts_as_two() =>
        Assert.Equal(
            "\u6771\u4EAC\u2026",
            CellText.Cut(
                "\u6771\u4EAC\u30C7\u30B9\u30AF",
                6,
                static part => 2 * part.Length - (part.EndsWith('\u2026') ? 1 : 0)));

    [Fact]
    public void A_text_of_any_length_is_cut_quickly() =>
        Assert.Equal(8, CellText.Cut(new string('x', 1_000_000), 8, static part => part.Length).Length);
}
