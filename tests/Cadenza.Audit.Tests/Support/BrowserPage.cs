using System.Collections.Concurrent;
using System.Diagnostics;
using PuppeteerSharp;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A page in a browser, with its problems and its network requests.</summary>
public sealed class BrowserPage
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private BrowserPage(IPage page) => Page = page;

    /// <summary>Exceptions, console errors and warnings, and violations of the content security policy.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>The requested addresses.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The time from the navigation until the script had run and the page was rendered.</summary>
    public TimeSpan OpenedIn { get; private set; }

    internal IPage Page { get; }

    /// <summary>Opens a file in a new page and waits until its script has run.</summary>
    internal static async Task<BrowserPage> OpenAsync(IBrowser browser, string path, int width, bool dark)
    {
        var page = new BrowserPage(await browser.NewPageAsync());
        await page.PrepareAsync(width, dark);
        var watch = Stopwatch.StartNew();
        await page.Page.GoToAsync(new Uri(path).AbsoluteUri);
        await page.WaitAsync("document.documentElement.dataset.ready === 'true'");
        await page.EvaluateAsync(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        page.OpenedIn = watch.Elapsed;
        return page;
    }

    /// <summary>Emulates a color scheme and a medium.</summary>
    public Task EmulateAsync(bool dark, string media = "") => Page.Client.SendAsync(
        "Emulation.setEmulatedMedia",
        new
        {
            media,
            features = (object[])[new { name = "prefers-color-scheme", value = dark ? "dark" : "light" }],
        });

    /// <summary>Evaluates an expression, and awaits it if it is a promise.</summary>
    public Task EvaluateAsync(string expression) => Page.EvaluateExpressionAsync(expression);

    public Task<string> TextAsync(string expression) => Page.EvaluateExpressionAsync<string>(expression);

    public async Task<int> NumberAsync(string expression) =>
        (int)await Page.EvaluateExpressionAsync<double>(expression);

    public Task<string[]> TextsAsync(string expression) =>
        Page.EvaluateExpressionAsync<string[]>($"Array.from({expression})");

    /// <summary>The number of elements that match a selector and meet a condition on <c>e</c>.</summary>
    public Task<int> CountAsync(string selector, string condition) =>
        NumberAsync($"[...document.querySelectorAll('{selector}')].filter(e => {condition}).length");

    /// <summary>Waits until an expression is true.</summary>
    public Task WaitAsync(string condition) => Page.WaitForExpressionAsync(condition);

    private async Task PrepareAsync(int width, bool dark)
    {
        Page.PageError += (_, error) => _problems.Enqueue(error.Message);
        Page.Request += (_, request) => _requests.Enqueue(request.Request.Url);
        Page.Console += (_, console) =>
        {
            if (console.Message.Type is ConsoleType.Error or ConsoleType.Warning or ConsoleType.Assert)
            {
                _problems.Enqueue(console.Message.Text);
            }
        };
        Page.Client.MessageReceived += (_, message) =>
        {
            if (message.MessageID == "Audits.issueAdded"
                && message.MessageData.ToString().Contains("Security", StringComparison.Ordinal))
            {
                _problems.Enqueue(message.MessageData.ToString());
            }
        };
        await Page.Client.SendAsync("Audits.enable");
        await Page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900, IsMobile = width < 600 });
        await EmulateAsync(dark);
    }
}
