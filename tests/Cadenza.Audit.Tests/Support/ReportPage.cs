using System.Text.Json.Nodes;

namespace Cadenza.Audit.Tests.Support;

/// <summary>Expressions and actions for the table of a report.</summary>
internal static class ReportPage
{
    public const string Nicknames = "document.querySelectorAll('#table tbody th'), th => th.textContent";
    public const string RowCount = "document.getElementById('row-count').textContent";

    public static Task ClickHeaderAsync(this BrowserPage page, string title) =>
        page.EvaluateAsync($"{HeaderButton(title)}.click()");

    public static Task<string> SortOrderOfAsync(this BrowserPage page, string title) =>
        page.TextAsync($"{HeaderButton(title)}.parentElement.getAttribute('aria-sort')");

    public static Task FilterAsync(this BrowserPage page, string id, string value)
    {
        string json = JsonValue.Create(value).ToJsonString();
        return page.EvaluateAsync($$"""
            {
              const field = document.getElementById('{{id}}');
              field.value = {{json}};
              field.dispatchEvent(new Event('input', { bubbles: true }));
            }
            """);
    }

    /// <summary>The value of the option with a text.</summary>
    public static Task<string> OptionAsync(this BrowserPage page, string id, string text) =>
        page.TextAsync($"[...document.getElementById('{id}').options].find(o => o.textContent === '{text}').value");

    private static string HeaderButton(string title) =>
        $"[...document.querySelectorAll('thead button')].find(b => b.textContent === '{title}')";
}
