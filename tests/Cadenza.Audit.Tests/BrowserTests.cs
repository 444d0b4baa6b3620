using Cadenza.Client.Text;
using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

/// <summary>The page in a browser, loaded from a file.</summary>
[Collection(BrowserGroup.Name)]
[Trait(TestSpeed.Trait, TestSpeed.Slow)]
public sealed class BrowserTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task The_page_opens_without_problems_and_requests_only_itself()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(700, 200));
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await page.EvaluateAsync("document.querySelectorAll('thead button').forEach(b => b.click())");
        Assert.Empty(page.Problems);
        TextAssert.StartsWith("file:///", Assert.Single(page.Requests, static request => request != "data:,"));
        Assert.Equal("Showing 500 of 700 credentials.", await page.TextAsync(ReportPage.RowCount));
    }

    [BrowserFact]
    public async Task The_policy_blocks_other_scripts()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(3, 1));
        await page.EvaluateAsync(
            """
            {
              const script = document.createElement('script');
              script.textContent = 'window.__pwned = 1';
              document.body.append(script);
            }
            """);
        await page.EvaluateAsync(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__pwned = 1\">')");
        await page.WaitAsync("true");
        Assert.Equal(0, await page.NumberAsync("window.__pwned ?? 0"));
        Assert.NotEmpty(page.Problems);
    }

    [BrowserFact]
    public async Task Without_script_the_report_shows_the_first_rows_and_a_note()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(700, 200));
        await page.Page.SetJavaScriptEnabledAsync(false);
        await page.Page.ReloadAsync();
        Assert.Equal(0, await page.CountAsync("html[data-ready]", "true"));
        Assert.Equal(500, await page.NumberAsync("document.querySelectorAll('#table tbody tr').length"));
        TextAssert.Contains("first 500 of 700", await page.TextAsync("document.querySelector('noscript').innerText"));
        Assert.Equal(0, await page.CountAsync("button, #filters", "e.checkVisibility()"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task A_summary_opens_without_problems()
    {
        var changes = new ReportChanges("h", Now, [new("Renamed", "OKX", "new", "id-1", "old", "new")]);
        BrowserPage page = await browser.OpenAsync(
            SampleInventory.Audit(50, 20), CreateHeader(changes, isSummary: true));
        Assert.Empty(page.Problems);
        Assert.Equal("Renamed", await page.TextAsync("document.querySelector('.changes td:nth-child(3)').textContent"));
    }

    [BrowserFact]
    public async Task The_first_tab_stop_skips_to_the_main_content()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(5, 2));
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await page.TextAsync("document.activeElement.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.WaitAsync("document.activeElement.id === 'main'");
    }

    [BrowserFact]
    public async Task A_command_is_copied_to_the_clipboard_verbatim()
    {
        AuditResult result = SampleInventory.Audit([Credential("id'1", "EXPIRED")], [Account("a", "id'1")]);
        BrowserPage page = await browser.OpenAsync(result);
        await page.Page.Client.SendAsync(
            "Browser.grantPermissions",
            new { permissions = (string[])["clipboardReadWrite", "clipboardSanitizedWrite"] });
        await page.EvaluateAsync("document.querySelector('.finding-list .command button').click()");
        await page.WaitAsync("document.getElementById('copy-status').textContent === 'The command was copied.'");
        Assert.Equal(result.Findings.Single().Fix, await page.TextAsync("navigator.clipboard.readText()"));
    }

    [BrowserFact]
    public async Task A_command_is_selected_if_there_is_no_clipboard()
    {
        AuditResult result = SampleInventory.Audit([Credential("id-1", "EXPIRED")], [Account("a", "id-1")]);
        BrowserPage page = await browser.OpenAsync(result);
        await page.EvaluateAsync(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false;");
        await page.EvaluateAsync("document.querySelector('.finding-list .command button').click()");
        await page.WaitAsync(
            "document.getElementById('copy-status').textContent.startsWith('The command is selected')");
        Assert.Equal(result.Findings.Single().Fix, await page.TextAsync("String(getSelection())"));
    }

    [BrowserFact]
    public async Task Hostile_texts_are_displayed_as_text()
    {
        foreach (string text in HostileText.All)
        {
            string shown = TextSanitizer.Sanitize(text);
            BrowserPage page = await browser.OpenAsync(HostileText.Audit(text), HostileText.Header(text));
            await page.ClickHeaderAsync("Age (days)");
            await page.FilterAsync("text", shown);
            await page.WaitAsync(
                $"{ReportPage.RowCount}.startsWith('Showing ') && {ReportPage.RowCount}.includes(' of ')");
            Assert.Equal(0, await page.NumberAsync("window.__pwned ?? 0"));
            Assert.Empty(page.Problems);
            Assert.Contains(shown, await page.TextsAsync(ReportPage.Nicknames));
            Assert.Equal(shown, await page.TextAsync("document.querySelector('.metadata dd').textContent"));
            Assert.Equal(
                shown, await page.TextAsync("document.querySelector('#venue option:nth-child(2)').textContent"));
            await page.Page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Ten_thousand_credentials_open_quickly()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(10_000, 9_000));
        Assert.Equal("Showing 500 of 10,000 credentials.", await page.TextAsync(ReportPage.RowCount));

        // Half a second when measured; the margin is for a busy machine.
        Assert.InRange(page.OpenedIn, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [BrowserFact]
    public async Task Every_text_has_enough_contrast_in_both_schemes()
    {
        foreach (bool dark in (bool[])[false, true])
        {
            BrowserPage page = await browser.OpenAsync(
                SampleInventory.Audit(SampleInventory.Varied(300, 1).Credentials, null),
                dark: dark);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
            string[] faults = await page.TextsAsync(Contrast.FindLowContrast);
            Assert.Empty(faults);
            Assert.Equal(dark, await page.NumberAsync(Contrast.Brightness) < 60);
            Assert.Empty(page.Problems);
        }
    }

    [BrowserFact]
    public async Task The_printed_page_is_complete_light_and_without_controls()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(1100, 200), dark: true);
        await page.FilterAsync("text", "nothing at all");
        await page.WaitAsync($"{ReportPage.RowCount} === 'No matching credentials.'");
        await page.EmulateAsync(dark: true, media: "print");
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.True(await page.NumberAsync(Contrast.Brightness) > 240);
        Assert.Empty(await page.TextsAsync(Contrast.FindLowContrast));
        const string Controls = ".skip-link, #filters, #more-rows, .command button, #row-count, summary";
        Assert.Equal(0, await page.CountAsync(Controls, "e.getClientRects().length > 0"));
        Assert.Equal(1100, await page.NumberAsync("document.querySelectorAll('#table tbody tr').length"));
        const string IsHidden = "!e.checkVisibility({ contentVisibilityAuto: true })";
        Assert.Equal(0, await page.CountAsync(".findings .finding-list li", IsHidden));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        Assert.Equal("No matching credentials.", await page.TextAsync(ReportPage.RowCount));
        Assert.Equal(0, await page.NumberAsync("document.querySelectorAll('details[open]').length"));
    }

    [BrowserFact]
    public async Task The_printed_page_notes_the_maximum_number_of_rows()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(10_100, 10));
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        Assert.Equal(
            "The printed table contains the first 10,000 of 10,100 credentials.",
            await page.TextAsync("document.getElementById('print-note').textContent"));
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
    }

    [BrowserFact]
    public async Task A_narrow_window_does_not_scroll_horizontally()
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
    public async Task References_have_targets_after_the_script_has_run()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(50, 20));
        Assert.Empty(await page.TextsAsync(
            """
            [...document.querySelectorAll('[aria-labelledby]')]
              .flatMap(e => e.getAttribute('aria-labelledby').split(' '))
              .filter(id => !document.getElementById(id))
            """));
        Assert.Equal(0, await page.CountAsync("input, select", "e.labels.length !== 1"));
        string[] ids = await page.TextsAsync("document.querySelectorAll('[id]'), e => e.id");
        Assert.Equal(ids.Distinct(), ids);
    }
}
