using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;

namespace Cadenza.Audit.Report;

/// <summary>The statuses by venue: a table whose numbers anybody can read, with a bar in each row.</summary>
internal static class VenueSection
{
    /// <summary>Inventories with more venues than this show the rest as one row.</summary>
    private const int MaxVenues = 24;

    /// <summary>The narrowest visible part of a bar, of 100.</summary>
    private const double MinWidth = 0.8;

    /// <summary>In the order of <see cref="CredentialStatusGroup"/>.</summary>
    public static IReadOnlyList<(CredentialStatusGroup Group, string Title, string ClassName, string Statuses)> Groups { get; } =
    [
        (CredentialStatusGroup.Working, "Working", "working", Join(CredentialStatusGroup.Working)),
        (CredentialStatusGroup.Waiting, "Waiting", "waiting", Join(CredentialStatusGroup.Waiting)),
        (CredentialStatusGroup.Broken, "Failed", "broken", Join(CredentialStatusGroup.Broken)),
        (CredentialStatusGroup.Revoked, "Revoked", "revoked", Join(CredentialStatusGroup.Revoked)),
        (CredentialStatusGroup.Other, "Other", "other", "any other status, or none"),
    ];

    public static void Write(HtmlWriter html, InventorySummary inventory)
    {
        html.WriteMarkup("""
            <section class="panel" aria-labelledby="venues">
            <h2 id="venues">Status by venue</h2>
            <div class="scroll" role="group" aria-labelledby="venues" tabindex="0">
            <table class="figures">
            <caption class="hidden">Credentials by venue and status</caption>
            <thead><tr><th scope="col">Venue</th><td class="bar"></td><th scope="col" class="number">All</th>
            """);
        foreach ((_, string title, string className, _) in Groups)
        {
            html.Write($"<th scope=\"col\" class=\"number\"><span class=\"key {className}\" aria-hidden=\"true\"></span>{title}</th>");
        }

        html.WriteMarkup("</tr></thead>\n<tbody>\n");
        List<VenueCount> venues = Shorten(inventory.Venues);
        int largest = venues.Count == 0 ? 1 : venues.Max(static venue => venue.Total);
        foreach (VenueCount venue in venues)
        {
            WriteVenue(html, venue, largest);
        }

        html.WriteMarkup("</tbody>\n</table>\n</div>\n<ul class=\"legend small\">");
        foreach ((_, string title, string className, string statuses) in Groups)
        {
            html.Write($"<li><span class=\"key {className}\" aria-hidden=\"true\"></span>{title}: {statuses}</li>");
        }

        html.WriteMarkup("</ul>\n</section>\n");
    }

    private static string Join(CredentialStatusGroup group) => string.Join(", ", CredentialStatus.InGroup(group));

    private static List<VenueCount> Shorten(IReadOnlyList<VenueCount> venues)
    {
        if (venues.Count <= MaxVenues)
        {
            return [.. venues];
        }

        var rest = new VenueCount($"{venues.Count - MaxVenues} other venues");
        foreach (VenueCount venue in venues.Skip(MaxVenues))
        {
            foreach ((CredentialStatusGroup group, _, _, _) in Groups)
            {
                rest.Add(group, venue[group]);
            }
        }

        return [.. venues.Take(MaxVenues), rest];
    }

    private static void WriteVenue(HtmlWriter html, VenueCount venue, int largest)
    {
        html.WriteMarkup("<tr><th scope=\"row\">");
        if (venue.Name.Length == 0)
        {
            html.WriteMarkup("<span class=\"none\">no venue</span>");
        }
        else
        {
            html.Write($"{venue.Name}");
        }

        html.WriteMarkup("</th><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
        double left = 0;
        foreach ((CredentialStatusGroup group, _, string className, _) in Groups)
        {
            left += WriteSegment(html, className, left, 100.0 * venue[group] / largest);
        }

        html.Write($"</svg></td><td class=\"number\"><strong>{venue.Total}</strong></td>");
        foreach ((CredentialStatusGroup group, _, _, _) in Groups)
        {
            html.Write($"<td class=\"number{(venue[group] == 0 ? " zero" : "")}\">{venue[group]}</td>");
        }

        html.WriteMarkup("</tr>\n");
    }

    private static double WriteSegment(HtmlWriter html, string className, double left, double width)
    {
        if (width <= 0)
        {
            return 0;
        }

        double visible = width < MinWidth ? MinWidth : width;
        html.Write($"<rect class=\"{className}\" x=\"{left}\" y=\"0\" width=\"{visible}\" height=\"10\"/>");
        return visible;
    }
}
