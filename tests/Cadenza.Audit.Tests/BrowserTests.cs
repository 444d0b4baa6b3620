using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Cadenza.Audit.Tests.Support;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Xunit;

namespace Cadenza.Audit.Tests;

/// <summary>The report in a real browser, from a file.</summary>
public sealed class BrowserTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Names = "document.querySelectorAll('#table tbody th'), th => th.textContent";
    private const string Count = "document.getElementById('count').textContent";

    [BrowserFact]
    public async Task Opens_without_a_complaint_and_asks_for_nothing_but_itself()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(700, 200));
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await page.EvaluateAsync("document.querySelectorAll('thead button').forEach(b => b.click())");
        Assert.Empty(page.Complaints);
        Assert.StartsWith("file:///", Assert.Single(page.Requests, static request => request != "data:,"), StringComparison.Ordinal);
        Assert.Equal("Showing 500 of 700 credentials.", await page.TextAsync(Count));
    }

    [BrowserFact]
    public async Task A_script_that_is_not_ours_is_refused_by_the_policy()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(3, 1));
        await page.EvaluateAsync("{ const s = document.createElement('script'); s.textContent = 'window.__pwned = 1'; document.body.append(s); }");
        await page.EvaluateAsync("{ const d = document.createElement('div'); d.innerHTML = '<img src=x onerror=\"window.__pwned = 1\">'; document.body.append(d); }");
        await page.WaitAsync("true");
        Assert.Equal(0, await page.NumberAsync("window.__pwned ?? 0"));
        Assert.NotEmpty(page.Complaints);
    }

    [BrowserFact]
    public async Task Shows_the_same_rows_with_script_as_without()
    {
        AuditResult result = SampleInventory.Audit(120, 60);
        BrowserPage page = await browser.OpenAsync(result);
        string markup = await page.TextAsync("document.querySelector('#table tbody').innerHTML.trim()");
        string without = await page.TextAsync(
            "(() => { const d = new DOMParser().parseFromString(" + JsonValue.Create(SampleInventory.Report(result)).ToJsonString() + ", 'text/html'); return d.querySelector('#table tbody').innerHTML.trim(); })()");
        Assert.Equal(without.Replace("</tr>\n", "</tr>", StringComparison.Ordinal), markup.Replace("</tr>\n", "</tr>", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Without_script_the_report_shows_what_it_can_and_says_what_is_missing()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(700, 200));
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });
        await page.SendAsync("Page.reload");
        await page.WaitAsync("document.readyState === 'complete' && !document.documentElement.dataset.ready");
        Assert.Equal(500, await page.NumberAsync("document.querySelectorAll('#table tbody tr').length"));
        Assert.Contains("first 500 of 700", await page.TextAsync("document.querySelector('noscript').innerText"), StringComparison.Ordinal);
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('button, #filters')].filter(e => e.checkVisibility()).length"));
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Sorts_both_ways_with_what_is_empty_last()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(200, 80));
        await ClickHeaderAsync(page, "Nickname");
        string[] names = await page.TextsAsync(Names);
        string[] named = [.. names.Where(static name => name != "no nickname")];
        Assert.Equal(200, names.Length);
        Assert.Equal(named.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase), named);
        Assert.Equal("no nickname", names[^1]);
        Assert.Equal("ascending", await OrderOfAsync(page, "Nickname"));

        await ClickHeaderAsync(page, "Nickname");
        string[] reversed = await page.TextsAsync(Names);
        Assert.Equal(named.OrderByDescending(static name => name, StringComparer.OrdinalIgnoreCase), reversed.Take(named.Length));
        Assert.Equal("no nickname", reversed[^1]);
        Assert.Equal("descending", await OrderOfAsync(page, "Nickname"));

        await ClickHeaderAsync(page, "Days");
        string[] days = await page.TextsAsync("document.querySelectorAll('#table td.number'), td => td.textContent");
        int[] known = [.. days.Where(static text => text.Length > 0).Select(static text => int.Parse(text, CultureInfo.InvariantCulture))];
        Assert.Equal(known.Order(), known);
        Assert.Equal("", days[^1]);
        Assert.Equal(1, await page.NumberAsync("document.querySelectorAll('[aria-sort]').length"));
    }

    [BrowserFact]
    public async Task Filters_by_text_venue_status_and_findings_and_tells_the_number()
    {
        AuditResult result = SampleInventory.Audit(900, 300);
        BrowserPage page = await browser.OpenAsync(result);
        CadenzaCredential wanted = result.Credentials[123];
        await FilterAsync(page, "text", wanted.CredentialId[..20].ToUpperInvariant());
        await page.WaitAsync($"{Count} === 'Showing 1 of 1 matching of 900 credentials.'");

        await FilterAsync(page, "text", "no such thing");
        await page.WaitAsync($"{Count} === 'No credential matches.'");

        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').click()");
        await page.WaitAsync($"{Count} === 'Showing 500 of 900 credentials.'");

        await FilterAsync(page, "venue", await OptionAsync(page, "venue", "OKX"));
        int ofVenue = result.Credentials.Count(static credential => credential.Venue == "OKX");
        await page.WaitAsync($"{Count} === 'Showing {ofVenue} of {ofVenue} matching of 900 credentials.'");

        await FilterAsync(page, "status", await OptionAsync(page, "status", "FAILED"));
        int ofBoth = result.Credentials.Count(static credential => credential.Venue == "OKX" && credential.Status == "FAILED");
        await page.WaitAsync($"{Count} === 'Showing {ofBoth} of {ofBoth} matching of 900 credentials.'");
        Assert.Equal(ofBoth, (await page.TextsAsync(Names)).Length);

        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').click()");
        await FilterAsync(page, "finding", "any");
        int withFindings = result.Findings.Select(static finding => finding.CredentialId).Distinct().Count();
        await page.WaitAsync($"{Count} === 'Showing 500 of {withFindings} matching of 900 credentials.'");
        Assert.Equal("status", await page.TextAsync("document.getElementById('count').getAttribute('role')"));
    }

    [BrowserFact]
    public async Task A_rule_leads_to_its_rows_in_the_table()
    {
        AuditResult result = SampleInventory.Audit(1200, 100);
        BrowserPage page = await browser.OpenAsync(result);
        await page.EvaluateAsync("document.querySelector('a[data-rule=Unused]').click()");
        int unused = result.Findings.Count(static finding => finding.Rule == FindingRule.Unused);
        await page.WaitAsync($"{Count}.endsWith(' of {unused} matching of 1,200 credentials.')");
    }

    [BrowserFact]
    public async Task Shows_more_until_all_are_shown()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(1300, 100));
        await page.EvaluateAsync("document.querySelector('#more button').click()");
        Assert.Equal("Showing 1,000 of 1,300 credentials.", await page.TextAsync(Count));
        await page.EvaluateAsync("document.querySelector('#more button').click()");
        Assert.Equal("Showing 1,300 of 1,300 credentials.", await page.TextAsync(Count));
        Assert.Equal(1300, (await page.TextsAsync("document.querySelectorAll('#table tbody code'), code => code.textContent")).Distinct().Count());
        Assert.Equal("none", await page.TextAsync("getComputedStyle(document.getElementById('more')).display"));
    }

    [BrowserFact]
    public async Task The_keyboard_sorts()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(50, 20));
        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').focus()");
        await page.PressAsync("Tab", 9); // to the scrolling region,
        await page.PressAsync("Tab", 9); // and to the first of its buttons.
        Assert.Equal("Nickname", await page.TextAsync("document.activeElement.textContent"));
        Assert.NotEqual("none", await page.TextAsync("getComputedStyle(document.activeElement).outlineStyle"));
        await page.PressAsync("Enter", 13, "\r");
        Assert.Equal("ascending", await OrderOfAsync(page, "Nickname"));
        Assert.Equal("Nickname", await page.TextAsync("document.activeElement.textContent"));
    }

    [BrowserFact]
    public async Task The_first_tab_stop_skips_to_the_content()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(5, 2));
        await page.PressAsync("Tab", 9);
        Assert.Equal("Skip to the content", await page.TextAsync("document.activeElement.textContent"));
        await page.PressAsync("Enter", 13, "\r");
        await page.WaitAsync("document.activeElement.id === 'main'");
    }

    [BrowserFact]
    public async Task A_line_is_copied_to_the_clipboard_as_it_stands()
    {
        AuditResult result = CredentialAudit.Run([SampleInventory.Credential("id'1", "EXPIRED")], [SampleInventory.Account("a", "id'1")], SampleInventory.Options);
        BrowserPage page = await browser.OpenAsync(result);
        await page.SendAsync("Browser.grantPermissions", new JsonObject { ["permissions"] = new JsonArray("clipboardReadWrite", "clipboardSanitizedWrite") });
        await page.EvaluateAsync("document.querySelector('.list .line button').click()");
        await page.WaitAsync("document.getElementById('copied').textContent === 'The line was copied.'");
        Assert.Equal(result.Findings.Single().Fix, await page.TextAsync("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task A_line_is_selected_where_there_is_no_clipboard()
    {
        AuditResult result = CredentialAudit.Run([SampleInventory.Credential("id-1", "EXPIRED")], [SampleInventory.Account("a", "id-1")], SampleInventory.Options);
        BrowserPage page = await browser.OpenAsync(result);
        await page.EvaluateAsync("{ Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false; }");
        await page.EvaluateAsync("document.querySelector('.list .line button').click()");
        await page.WaitAsync("document.getElementById('copied').textContent.startsWith('The line is selected')");
        Assert.Equal(result.Findings.Single().Fix, await page.TextAsync("String(getSelection())"));
    }

    [BrowserFact]
    public async Task Hostile_texts_are_shown_as_texts_and_do_nothing()
    {
        foreach (string text in HostileText.All)
        {
            BrowserPage page = await browser.OpenAsync(HostileText.Audit(text), HostileText.Header(text));
            await ClickHeaderAsync(page, "Days");
            await FilterAsync(page, "text", TextSanitizer.Sanitize(text));
            await page.WaitAsync($"{Count}.startsWith('Showing ') && {Count}.includes(' of ')");
            Assert.Equal(0, await page.NumberAsync("window.__pwned ?? 0"));
            Assert.Empty(page.Complaints);
            Assert.Contains(TextSanitizer.Sanitize(text), await page.TextsAsync(Names));
            Assert.Equal(TextSanitizer.Sanitize(text), await page.TextAsync("document.querySelector('.facts dd').textContent"));
            Assert.Equal(TextSanitizer.Sanitize(text), await page.TextAsync("document.querySelector('#venue option:nth-child(3), #venue option:nth-child(2)').textContent"));
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Ten_thousand_credentials_open_quickly()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(10_000, 9_000));
        Assert.Equal("Showing 500 of 10,000 credentials.", await page.TextAsync(Count));

        // Half a second where it was measured; the rest is for a busy machine.
        Assert.InRange(page.OpenedIn, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [BrowserFact]
    public async Task Every_text_stands_out_in_both_schemes()
    {
        foreach (bool dark in (bool[])[false, true])
        {
            BrowserPage page = await browser.OpenAsync(CredentialAudit.Run(SampleInventory.Varied(300, 1).Credentials, null, SampleInventory.Options), dark: dark);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            string[] faults = await page.TextsAsync(Contrast.FindFaults);
            Assert.Empty(faults);
            Assert.Equal(dark, await page.NumberAsync(Contrast.Brightness) < 60);
            Assert.Empty(page.Complaints);
        }
    }

    [BrowserFact]
    public async Task Paper_has_everything_and_no_controls_and_is_never_dark()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(1100, 200), dark: true);
        await FilterAsync(page, "text", "nothing at all");
        await page.WaitAsync($"{Count} === 'No credential matches.'");
        await page.EmulateAsync(dark: true, media: "print");
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.True(await page.NumberAsync(Contrast.Brightness) > 240);
        Assert.Empty(await page.TextsAsync(Contrast.FindFaults));
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('.skip, #filters, #more, .line button, #count, summary')].filter(e => e.getClientRects().length).length"));
        Assert.Equal(1100, await page.NumberAsync("document.querySelectorAll('#table tbody tr').length"));
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('.findings .list li')].filter(e => !e.checkVisibility({ contentVisibilityAuto: true })).length"));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal("No credential matches.", await page.TextAsync(Count));
        Assert.Equal(0, await page.NumberAsync("document.querySelectorAll('details[open]').length"));
    }

    [BrowserFact]
    public async Task What_is_left_out_of_a_print_is_said()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(10_100, 10));
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(
            "100 more credentials were left out of the print: it shows the first 10,000 of 10,100.", await page.TextAsync("document.getElementById('print-note').textContent"));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
    }

    [BrowserFact]
    public async Task A_narrow_window_does_not_scroll_sideways()
    {
        string longText = new('W', 200);
        foreach (AuditResult result in (AuditResult[])[SampleInventory.Audit(300, 100), HostileText.Audit(longText)])
        {
            BrowserPage page = await browser.OpenAsync(result, HostileText.Header(longText), width: 390);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            Assert.Equal(390, await page.NumberAsync("innerWidth"));
            Assert.InRange(await page.NumberAsync("document.documentElement.scrollWidth"), 1, 390);
        }
    }

    [BrowserFact]
    public async Task References_lead_somewhere_also_after_the_script()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(50, 20));
        Assert.Empty(await page.TextsAsync(
            "[...document.querySelectorAll('[aria-labelledby]')].flatMap(e => e.getAttribute('aria-labelledby').split(' ')).filter(id => !document.getElementById(id))"));
        Assert.Equal(0, await page.NumberAsync("[...document.querySelectorAll('input, select')].filter(e => e.labels.length !== 1).length"));
        Assert.Equal(0, await page.NumberAsync("document.querySelectorAll('[id]').length - new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"));
    }

    private static async Task ClickHeaderAsync(BrowserPage page, string title) =>
        await page.EvaluateAsync($"[...document.querySelectorAll('thead button')].find(b => b.textContent === '{title}').click()");

    private static Task<string> OrderOfAsync(BrowserPage page, string title) =>
        page.TextAsync($"[...document.querySelectorAll('thead button')].find(b => b.textContent === '{title}').parentElement.getAttribute('aria-sort')");

    private static async Task FilterAsync(BrowserPage page, string id, string value) => await page.EvaluateAsync(
        $"{{ const field = document.getElementById('{id}'); field.value = {JsonValue.Create(value).ToJsonString()}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}");

    private static Task<string> OptionAsync(BrowserPage page, string id, string text) =>
        page.TextAsync($"[...document.getElementById('{id}').options].find(o => o.textContent === '{text}').value");
}
