using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Audit.Report;

/// <summary>The statuses by venue: a table with a bar in each row.</summary>
internal static class VenueSection
{
    /// <summary>
    /// The maximum number of venues with a row of their own. One more row contains the sum of the others.
    /// </summary>
    private const int MaxVenues = 24;

    /// <summary>The minimum width of a bar segment, in percent.</summary>
    private const double MinSegmentWidth = 0.8;

    public static void Write(HtmlWriter html, InventorySummary summary)
    {
        html.WriteMarkup("""
            <section class="panel" aria-labelledby="venues">
            <h2 id="venues">Status by venue</h2>
            <div class="scroll" role="group" aria-labelledby="venues" tabindex="0">
            <table class="figures">
            <caption class="visually-hidden">Credentials by venue and status</caption>
            <thead><tr><th scope="col">Venue</th><td class="bar"></td><th scope="col" class="number">Total</th>
            """);
        foreach (StatusGroupDisplay group in StatusGroupDisplay.All)
        {
            html.Write($"<th scope=\"col\" class=\"number\">{Swatch(group)}{group.Title}</th>");
        }

        html.WriteMarkup("</tr></thead>\n<tbody>\n");
        List<VenueSummary> venues = Shorten(summary.Venues);
        int largest = venues.Count == 0 ? 1 : venues.Max(static venue => venue.Total);
        foreach (VenueSummary venue in venues)
        {
            WriteVenue(html, venue, largest);
        }

        html.WriteMarkup("</tbody>\n</table>\n</div>\n<ul class=\"legend small\">");
        foreach (StatusGroupDisplay group in StatusGroupDisplay.All)
        {
            html.Write($"<li>{Swatch(group)}{group.Title}: {group.Statuses}</li>");
        }

        html.WriteMarkup("</ul>\n</section>\n");
    }

    private static List<VenueSummary> Shorten(IReadOnlyList<VenueSummary> venues)
    {
        // A row for the others that stands for one venue only would save nothing.
        if (venues.Count <= MaxVenues + 1)
        {
            return [.. venues];
        }

        var others = new VenueSummary($"{venues.Count - MaxVenues} other venues");
        foreach (VenueSummary venue in venues.Skip(MaxVenues))
        {
            foreach (StatusGroupDisplay display in StatusGroupDisplay.All)
            {
                others.Add(display.Group, venue[display.Group]);
            }
        }

        return [.. venues.Take(MaxVenues), others];
    }

    private static void WriteVenue(HtmlWriter html, VenueSummary venue, int largest)
    {
        html.WriteMarkup("<tr><th scope=\"row\">");
        if (venue.Name.Length == 0)
        {
            html.WriteMarkup("<span class=\"missing\">no venue</span>");
        }
        else
        {
            html.Write($"{venue.Name}");
        }

        html.WriteMarkup("</th><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" ");
        html.WriteMarkup("aria-hidden=\"true\" focusable=\"false\">");
        double left = 0;
        foreach (StatusGroupDisplay display in StatusGroupDisplay.All)
        {
            left += WriteSegment(html, display.ClassName, left, 100.0 * venue[display.Group] / largest);
        }

        html.Write($"</svg></td><td class=\"number\"><strong>{venue.Total}</strong></td>");
        foreach (StatusGroupDisplay display in StatusGroupDisplay.All)
        {
            int count = venue[display.Group];
            html.Write($"<td class=\"number{(count == 0 ? " zero" : "")}\">{count}</td>");
        }

        html.WriteMarkup("</tr>\n");
    }

    private static double WriteSegment(HtmlWriter html, string className, double left, double width)
    {
        if (width <= 0)
        {
            return 0;
        }

        double visible = Math.Max(width, MinSegmentWidth);
        html.Write($"<rect class=\"{className}\" x=\"{left}\" y=\"0\" width=\"{visible}\" height=\"10\"/>");
        return visible;
    }

    private static Markup Swatch(StatusGroupDisplay group) =>
        new($"<span class=\"swatch {group.ClassName}\" aria-hidden=\"true\"></span>");
}
