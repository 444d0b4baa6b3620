using PuppeteerSharp;

namespace Cadenza.Audit.Tests.Support;

/// <summary>One browser and one folder of reports for all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments = ["--disable-gpu", "--lang=en-US"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cadenza-reports-");
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (BrowserFactAttribute.Path is not null)
        {
            _browser = await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = BrowserFactAttribute.Path,
                Args = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                    ? [.. Arguments, "--no-sandbox"] // Chromium does not start as root otherwise.
                    : Arguments,
            });
        }
    }

    public async Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    /// <summary>Writes a report to a file and opens it.</summary>
    internal async Task<BrowserPage> OpenAsync(
        AuditResult result, ReportHeader? header = null, int width = 1280, bool dark = false)
    {
        string path = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N") + ".html");
        await File.WriteAllTextAsync(path, SampleInventory.Report(result, header));
        return await BrowserPage.OpenAsync(_browser!, path, width, dark);
    }
}
