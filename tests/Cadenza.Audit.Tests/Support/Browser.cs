using System;
using System.Diagnostics;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A headless browser with a temporary profile.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private DevTools? _tools;

    private Browser(Process process, DirectoryInfo profile)
    {
        _process = process;
        _profile = profile;
    }

    internal DevTools Tools => _tools!;

    public static async Task<Browser> StartAsync()
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("cadenza-audit-");
        var start = new ProcessStartInfo(BrowserFactAttribute.Path!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless=new", "--remote-debugging-port=0", "--user-data-dir=" + profile.FullName, "--no-first-run",
                "--disable-gpu", "--disable-extensions", "--disable-background-networking",
                "--disable-component-update", "--disable-dev-shm-usage",
                "--disable-sync", "--no-default-browser-check", "--lang=en-US", "about:blank",
            },
        };
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            start.ArgumentList.Add("--no-sandbox"); // Chromium does not start as root otherwise.
        }

        var browser = new Browser(Process.Start(start)!, profile);
        try
        {
            browser._process.OutputDataReceived += static (_, _) => { };
            browser._process.ErrorDataReceived += static (_, _) => { };
            browser._process.BeginOutputReadLine();
            browser._process.BeginErrorReadLine();
            browser._tools = await DevTools.ConnectAsync(await browser.FindAddressAsync());
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file in a new page and waits until its script has run.</summary>
    public async Task<BrowserPage> OpenAsync(string path, int width = 1280, int height = 900, bool dark = false)
    {
        JsonObject target = await Tools.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" });
        JsonObject attached = await Tools.SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true });
        var page = new BrowserPage(Tools, (string)target["targetId"]!, (string)attached["sessionId"]!);
        await page.PrepareAsync(width, height, dark);
        await page.GoAsync(new Uri(path).AbsoluteUri);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_tools is not null)
        {
            await CloseAsync(_tools);
            await _tools.DisposeAsync();
        }

        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        _process.Dispose();
        await RemoveProfileAsync();
    }

    /// <summary>Closes the browser, which ends all its processes.</summary>
    private async Task CloseAsync(DevTools tools)
    {
        try
        {
            await tools.SendAsync("Browser.close").WaitAsync(TimeSpan.FromSeconds(5));
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e
            is TimeoutException or InvalidOperationException or OperationCanceledException or WebSocketException)
        {
            // The caller kills the process.
        }
    }

    /// <summary>Waits for the file in which the browser writes its port and the path of its endpoint.</summary>
    private async Task<Uri> FindAddressAsync()
    {
        string file = Path.Combine(_profile.FullName, "DevToolsActivePort");
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed < TimeSpan.FromSeconds(30) && !_process.HasExited; await Task.Delay(50))
        {
            string[] lines = File.Exists(file) ? await ReadAsync(file) : [];
            if (lines.Length >= 2)
            {
                return new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}");
            }
        }

        throw new InvalidOperationException("The browser did not start.");
    }

    private static async Task<string[]> ReadAsync(string file)
    {
        try
        {
            return await File.ReadAllLinesAsync(file);
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Retries, because the last processes can still write to the profile.</summary>
    private async Task RemoveProfileAsync()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                _profile.Delete(recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(100);
            }
        }
    }
}
