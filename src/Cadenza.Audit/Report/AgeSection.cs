using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>How old the keys of live credentials are: a histogram, and its numbers as a table.</summary>
internal static class AgeSection
{
    private const double Width = 480;
    private const double Top = 34;
    private const double Bottom = 190;
    private const double Slot = 78;
    private const double Margin = 6;

    private static readonly IReadOnlyList<string> Labels = ["0–30", "30–90", "90–180", "180–365", "> 365", "unknown"];

    public static void Write(HtmlWriter html, InventorySummary inventory, int staleAfterDays)
    {
        html.Write($"""
            <section class="panel" aria-labelledby="ages">
            <h2 id="ages">Age of keys</h2>
            <svg class="histogram" viewBox="0 0 {Width} 232" role="img" aria-labelledby="ages-title ages-text">
            <title id="ages-title">Live credentials by the days since the last change</title>
            <desc id="ages-text">
            """);
        html.WriteText(string.Join(", ", Labels.Zip(inventory.Ages, static (label, count) => $"{label}: {count.ToString(System.Globalization.CultureInfo.InvariantCulture)}")));
        html.Write($". Rotation is due after {staleAfterDays} days.</desc>\n");
        int largest = Math.Max(1, inventory.Ages.Max());
        for (int i = 0; i < Labels.Count; i++)
        {
            WriteBar(html, i, inventory.Ages[i], largest);
        }

        html.Write($"<line class=\"axis\" x1=\"0\" y1=\"{Bottom}\" x2=\"{Width}\" y2=\"{Bottom}\"/>\n");
        html.Write($"<text x=\"{Slot * 2.5 + Margin}\" y=\"228\" text-anchor=\"middle\" class=\"unit\">days since the last change</text>\n");
        WriteThreshold(html, staleAfterDays);
        html.WriteMarkup("</svg>\n");
        WriteTable(html, inventory);
        html.WriteMarkup("</section>\n");
    }

    private static void WriteBar(HtmlWriter html, int number, int count, int largest)
    {
        double left = Margin + Slot * number;
        double height = count == 0 ? 0 : Math.Max(1.5, (Bottom - Top - 18) * count / largest);
        string className = number == Labels.Count - 1 ? "unknown" : "age";
        html.Write($"<rect class=\"{className}\" x=\"{left + 8}\" y=\"{Bottom - height}\" width=\"{Slot - 16}\" height=\"{height}\" rx=\"2\"/>");
        html.Write($"<text x=\"{left + Slot / 2}\" y=\"{Bottom - height - 6}\" text-anchor=\"middle\" class=\"count\">{count}</text>");
        html.Write($"<text x=\"{left + Slot / 2}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{Labels[number]}</text>\n");
    }

    private static void WriteThreshold(HtmlWriter html, int days)
    {
        double x = Margin + Slot * PositionOf(days);
        bool isRight = x > Width * 0.6;
        html.Write($"<line class=\"threshold\" x1=\"{x}\" y1=\"6\" x2=\"{x}\" y2=\"{Bottom}\"/>");
        html.Write($"<text x=\"{(isRight ? x - 6 : x + 6)}\" y=\"16\" text-anchor=\"{(isRight ? "end" : "start")}\" class=\"due\">rotation due: {days} days</text>\n");
    }

    /// <summary>Where a number of days stands on an axis whose classes are equally wide; the last class is taken for a year.</summary>
    private static double PositionOf(int days)
    {
        int start = 0;
        for (int i = 0; i < InventorySummary.AgeEdges.Count; i++)
        {
            int end = InventorySummary.AgeEdges[i];
            if (days <= end)
            {
                return i + (double)(days - start) / (end - start);
            }

            start = end;
        }

        return InventorySummary.AgeEdges.Count + Math.Min(1, (days - start) / 365.0);
    }

    private static void WriteTable(HtmlWriter html, InventorySummary inventory)
    {
        html.WriteMarkup("""
            <details><summary>The numbers as a table</summary>
            <table class="figures"><caption class="hidden">Live credentials by the days since the last change</caption>
            <thead><tr><th scope="col">Days</th><th scope="col" class="number">Live credentials</th></tr></thead>
            <tbody>
            """);
        for (int i = 0; i < Labels.Count; i++)
        {
            html.Write($"<tr><th scope=\"row\">{Labels[i]}</th><td class=\"number\">{inventory.Ages[i]}</td></tr>");
        }

        html.WriteMarkup("</tbody></table></details>\n");
    }
}
