using System.Text.Json.Nodes;

namespace Cadenza.Audit.Tests;

/// <summary>The table of all credentials in a browser.</summary>
[Collection(BrowserGroup.Name)]
[Trait(TestSpeed.Trait, TestSpeed.Slow)]
public sealed class BrowserTableTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task The_rows_are_the_same_with_and_without_script()
    {
        AuditResult result = SampleInventory.Audit(120, 60);
        BrowserPage page = await browser.OpenAsync(result);
        string markup = await page.TextAsync("document.querySelector('#table tbody').innerHTML.trim()");
        string html = JsonValue.Create(SampleInventory.Report(result)).ToJsonString();
        string without = await page.TextAsync(
            $"new DOMParser().parseFromString({html}, 'text/html').querySelector('#table tbody').innerHTML.trim()");
        Assert.Equal(
            without.Replace("</tr>\n", "</tr>", StringComparison.Ordinal),
            markup.Replace("</tr>\n", "</tr>", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Sorting_works_in_both_directions_with_empty_values_last()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(200, 80));
        await page.ClickHeaderAsync("Nickname");
        string[] names = await page.TextsAsync(ReportPage.Nicknames);
        string[] named = [.. names.Where(static name => name != "no nickname")];
        Assert.Equal(200, names.Length);
        Assert.Equal(named.OrderBy(static name => name, StringComparer.OrdinalIgnoreCase), named);
        Assert.Equal("no nickname", names[^1]);
        Assert.Equal("ascending", await page.SortOrderOfAsync("Nickname"));

        await page.ClickHeaderAsync("Nickname");
        string[] reversed = await page.TextsAsync(ReportPage.Nicknames);
        Assert.Equal(
            named.OrderByDescending(static name => name, StringComparer.OrdinalIgnoreCase),
            reversed.Take(named.Length));
        Assert.Equal("no nickname", reversed[^1]);
        Assert.Equal("descending", await page.SortOrderOfAsync("Nickname"));

        await page.ClickHeaderAsync("Age (days)");
        string[] days = await page.TextsAsync("document.querySelectorAll('#table td.number'), td => td.textContent");
        IEnumerable<int> known = days
            .Where(static text => text.Length > 0)
            .Select(static text => int.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture));
        Assert.Equal(known.Order(), known);
        Assert.Equal("", days[^1]);
        Assert.Equal(1, await page.NumberAsync("document.querySelectorAll('[aria-sort]').length"));
    }

    [BrowserFact]
    public async Task Filters_select_rows_and_the_count_is_updated()
    {
        AuditResult result = SampleInventory.Audit(900, 300);
        BrowserPage page = await browser.OpenAsync(result);
        CadenzaCredential wanted = result.Credentials[123];
        await page.FilterAsync("text", wanted.CredentialId[..20].ToUpperInvariant());
        await page.WaitAsync($"{ReportPage.RowCount} === 'Showing 1 of 1 matching credential (900 in total).'");

        await page.FilterAsync("text", "no such thing");
        await page.WaitAsync($"{ReportPage.RowCount} === 'No matching credentials.'");

        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').click()");
        await page.WaitAsync($"{ReportPage.RowCount} === 'Showing 500 of 900 credentials.'");

        await page.FilterAsync("venue", await page.OptionAsync("venue", "OKX"));
        int ofVenue = result.Credentials.Count(static credential => credential.Venue == "OKX");
        await page.WaitAsync(
            $"{ReportPage.RowCount} === 'Showing {ofVenue} of {ofVenue} matching credentials (900 in total).'");

        await page.FilterAsync("status", await page.OptionAsync("status", "FAILED"));
        int ofBoth = result.Credentials.Count(
            static credential => credential.Venue == "OKX" && credential.Status == "FAILED");
        await page.WaitAsync(
            $"{ReportPage.RowCount} === 'Showing {ofBoth} of {ofBoth} matching credentials (900 in total).'");
        Assert.Equal(ofBoth, (await page.TextsAsync(ReportPage.Nicknames)).Length);

        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').click()");
        await page.FilterAsync("finding", "any");
        int withFindings = result.Findings.Select(static finding => finding.CredentialId).Distinct().Count();
        await page.WaitAsync(
            $"{ReportPage.RowCount} === 'Showing 500 of {withFindings} matching credentials (900 in total).'");
        Assert.Equal("status", await page.TextAsync("document.getElementById('row-count').getAttribute('role')"));
    }

    [BrowserFact]
    public async Task The_link_of_a_rule_filters_the_table()
    {
        AuditResult result = SampleInventory.Audit(1200, 100);
        BrowserPage page = await browser.OpenAsync(result);
        await page.EvaluateAsync("document.querySelector('a[data-rule=Unused]').click()");
        int unused = result.Findings.Count(static finding => finding.Rule == FindingRule.Unused);
        await page.WaitAsync($"{ReportPage.RowCount}.endsWith(' of {unused} matching credentials (1,200 in total).')");
    }

    [BrowserFact]
    public async Task More_rows_are_shown_until_all_are_visible()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(1300, 100));
        await page.EvaluateAsync("document.querySelector('#more-rows button').click()");
        Assert.Equal("Showing 1,000 of 1,300 credentials.", await page.TextAsync(ReportPage.RowCount));
        await page.EvaluateAsync("document.querySelector('#more-rows button').click()");
        Assert.Equal("Showing 1,300 of 1,300 credentials.", await page.TextAsync(ReportPage.RowCount));
        string[] ids = await page.TextsAsync("document.querySelectorAll('#table tbody code'), e => e.textContent");
        Assert.Equal(1300, ids.Distinct().Count());
        Assert.Equal("none", await page.TextAsync("getComputedStyle(document.getElementById('more-rows')).display"));
    }

    [BrowserFact]
    public async Task The_keyboard_can_sort()
    {
        BrowserPage page = await browser.OpenAsync(SampleInventory.Audit(50, 20));
        await page.EvaluateAsync("document.querySelector('#filters [type=reset]').focus()");
        await page.Page.Keyboard.PressAsync("Tab"); // To the scrollable region.
        await page.Page.Keyboard.PressAsync("Tab"); // To the first button in it.
        Assert.Equal("Nickname", await page.TextAsync("document.activeElement.textContent"));
        Assert.NotEqual("none", await page.TextAsync("getComputedStyle(document.activeElement).outlineStyle"));
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("ascending", await page.SortOrderOfAsync("Nickname"));
        Assert.Equal("Nickname", await page.TextAsync("document.activeElement.textContent"));
    }
}
