namespace Cadenza.Audit.Report;

/// <summary>What stands around the content of a report.</summary>
internal static class PageSection
{
    public static void WriteStart(HtmlWriter html, ReportHeader header)
    {
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{new Markup(ReportAssets.Policy)}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="CadenzaPS {header.ModuleVersion}">
            <title>Credential audit – {header.Environment ?? header.Host} – {header.GeneratedAt} UTC</title>
            <link rel="icon" href="data:,">
            <style>{new Markup(ReportAssets.Style)}</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>

            """);
    }

    public static void WriteEnd(HtmlWriter html, AuditResult result, ReportHeader header)
    {
        html.Write($"""
            </main>
            <footer>
            <p>All times are UTC. Ages are whole days from the last change, or from the creation where that is all there is, to {result.Options.Now} UTC.
            A credential counts as live unless it is revoked. A status that the audit does not know is shown as it is and is no finding.</p>
            <p>CadenzaPS {header.ModuleVersion}. This file holds no keys and loads nothing from anywhere; it names accounts and credentials, so keep it among yourselves.</p>
            </footer>
            <p id="copied" class="hidden" role="status"></p>
            <script>{new Markup(ReportAssets.Script)}</script>
            </body>
            </html>

            """);
    }
}
