using System;
using System.Linq;
using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>The age of the keys: a histogram, and the same numbers as a table.</summary>
internal static class AgeSection
{
    private const double Width = 480;
    private const double Height = 232;
    private const double Top = 34;
    private const double Bottom = 190;
    private const double SlotWidth = 78;
    private const double Margin = 6;

    public static void Write(HtmlWriter html, InventorySummary summary, int? rotationDueDays)
    {
        html.Write($"""
            <section class="panel" aria-labelledby="ages">
            <h2 id="ages">Key age</h2>
            <svg class="histogram" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="ages-title ages-text">
            <title id="ages-title">Credentials that are not revoked, by the age of their keys in days</title>
            <desc id="ages-text">{Describe(summary)}.
            Rotation is due after {DueText(rotationDueDays)}.</desc>

            """);
        int largest = Math.Max(1, summary.Ages.Max());
        for (int i = 0; i < AgeBuckets.Labels.Count; i++)
        {
            WriteBar(html, i, summary.Ages[i], largest);
        }

        html.Write($"<line class=\"axis\" x1=\"0\" y1=\"{Bottom}\" x2=\"{Width}\" y2=\"{Bottom}\"/>\n");
        double middle = SlotWidth * (AgeBuckets.Labels.Count - 1) / 2 + Margin;
        html.Write($"<text x=\"{middle}\" y=\"{Height - 4}\" text-anchor=\"middle\" ");
        html.WriteMarkup("class=\"unit\">age of the keys in days</text>\n");
        if (rotationDueDays is int days)
        {
            WriteThreshold(html, days);
        }

        html.WriteMarkup("</svg>\n");
        WriteTable(html, summary);
        WriteSources(html, summary);
        html.WriteMarkup("</section>\n");
    }

    private static string Describe(InventorySummary summary) => string.Join(
        ", ", AgeBuckets.Labels.Zip(summary.Ages, static (label, count) => $"{label}: {Quantity.Format(count)}"));

    private static void WriteBar(HtmlWriter html, int index, int count, int largest)
    {
        double left = Margin + SlotWidth * index;
        double center = left + SlotWidth / 2;
        double height = count == 0 ? 0 : Math.Max(1.5, (Bottom - Top - 18) * count / largest);
        string className = index == AgeBuckets.Labels.Count - 1 ? "unknown" : "age";
        html.Write($"<rect class=\"{className}\" x=\"{left + 8}\" y=\"{Bottom - height}\" ");
        html.Write($"width=\"{SlotWidth - 16}\" height=\"{height}\" rx=\"2\"/>");
        html.Write($"<text x=\"{center}\" y=\"{Bottom - height - 6}\" text-anchor=\"middle\" ");
        html.Write($"class=\"count\">{count}</text>");
        html.Write($"<text x=\"{center}\" y=\"{Bottom + 18}\" ");
        html.Write($"text-anchor=\"middle\">{AgeBuckets.Labels[index]}</text>\n");
    }

    private static void WriteThreshold(HtmlWriter html, int days)
    {
        double x = Margin + SlotWidth * AgeBuckets.PositionOf(days);
        bool isRight = x > Width * 0.6;
        html.Write($"<line class=\"threshold\" x1=\"{x}\" y1=\"6\" x2=\"{x}\" y2=\"{Bottom}\"/>");
        html.Write($"<text x=\"{(isRight ? x - 6 : x + 6)}\" y=\"16\" text-anchor=\"{(isRight ? "end" : "start")}\" ");
        html.Write($"class=\"threshold-label\">rotation due: {Quantity.Format(days, "day")}</text>\n");
    }

    private static string DueText(int? days) =>
        days is int known ? Quantity.Format(known, "day") : "a time that depends on the venue";

    /// <summary>Says what the ages are counted from, because a change need not be a rotation.</summary>
    private static void WriteSources(HtmlWriter html, InventorySummary summary)
    {
        (string Source, string Text)[] sources =
        [
            (AgeSource.Rotation, "the last rotation that a journal records"),
            (AgeSource.Change, "the last change, which is not necessarily a rotation"),
            (AgeSource.Creation, "the creation"),
        ];
        string[] texts =
        [
            .. sources
                .Where(source => summary.CountOf(source.Source) > 0)
                .Select(source =>
                    $"from {source.Text}, for {Quantity.Format(summary.CountOf(source.Source), "credential")}"),
        ];
        if (texts.Length > 0)
        {
            html.Write($"<p class=\"small\">The age is counted {string.Join("; ", texts)}.</p>\n");
        }
    }

    private static void WriteTable(HtmlWriter html, InventorySummary summary)
    {
        html.WriteMarkup("""
            <details><summary>Show as a table</summary>
            <table class="figures">
            <caption class="visually-hidden">Credentials that are not revoked, by the age of their keys in days</caption>
            <thead><tr><th scope="col">Days</th><th scope="col" class="number">Credentials</th></tr></thead>
            <tbody>
            """);
        for (int i = 0; i < AgeBuckets.Labels.Count; i++)
        {
            html.Write($"<tr><th scope=\"row\">{AgeBuckets.Labels[i]}</th>");
            html.Write($"<td class=\"number\">{summary.Ages[i]}</td></tr>");
        }

        html.WriteMarkup("</tbody></table></details>\n");
    }
}
