using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A page in a browser, with its problems and its network requests.</summary>
public sealed class BrowserPage
{
    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _requests = new();

    internal BrowserPage(DevTools tools, string target, string session)
    {
        _tools = tools;
        _target = target;
        _session = session;
        tools.EventReceived += OnEvent;
    }

    /// <summary>Exceptions, console errors and warnings, and violations of the content security policy.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>The requested addresses.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The time from the navigation until the script had run and the page was rendered.</summary>
    public TimeSpan OpenedIn { get; private set; }

    internal async Task PrepareAsync(int width, int height, bool dark)
    {
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network", "Audits"])
        {
            await SendAsync(domain + ".enable");
        }

        await SendAsync(
            "Emulation.setDeviceMetricsOverride",
            new JsonObject
            {
                ["width"] = width,
                ["height"] = height,
                ["deviceScaleFactor"] = 1,
                ["mobile"] = width < 600,
            });
        await SendAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
        await EmulateAsync(dark, media: "");
    }

    /// <summary>Emulates a color scheme and a medium.</summary>
    public Task EmulateAsync(bool dark, string media) => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["media"] = media,
        ["features"] = new JsonArray(
            new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
    });

    internal async Task GoAsync(string address)
    {
        var watch = Stopwatch.StartNew();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address });
        await WaitAsync("document.readyState === 'complete' && document.documentElement.dataset.ready === 'true'");
        await EvaluateAsync(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        OpenedIn = watch.Elapsed;
    }

    /// <summary>Evaluates an expression, and awaits it if it is a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonObject response = await SendAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
            ["userGesture"] = true,
        });
        return response["exceptionDetails"] is JsonNode exception
            ? throw new InvalidOperationException(exception.ToJsonString())
            : response["result"]!["value"]?.DeepClone();
    }

    public async Task<string> TextAsync(string expression) => (string?)await EvaluateAsync(expression) ?? "";

    public async Task<int> NumberAsync(string expression) => (int)(double)(await EvaluateAsync(expression))!;

    public async Task<string[]> TextsAsync(string expression) =>
        [.. (await EvaluateAsync($"Array.from({expression})"))!.AsArray().Select(static text => (string?)text ?? "")];

    /// <summary>The number of elements that match a selector and meet a condition on <c>e</c>.</summary>
    public Task<int> CountAsync(string selector, string condition) =>
        NumberAsync($"[...document.querySelectorAll('{selector}')].filter(e => {condition}).length");

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string condition)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(20))
        {
            if ((bool?)await EvaluateAsync($"Boolean({condition})") == true)
            {
                return;
            }
        }

        throw new TimeoutException(condition);
    }

    public async Task PressAsync(string key, int code, string text = "")
    {
        JsonObject press = KeyEvent("keyDown", key, code);
        if (text.Length > 0)
        {
            press["text"] = text;
        }

        await SendAsync("Input.dispatchKeyEvent", press);
        await SendAsync("Input.dispatchKeyEvent", KeyEvent("keyUp", key, code));
    }

    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    internal Task<JsonObject> SendAsync(string method, JsonObject? parameters = null) =>
        _tools.SendAsync(method, parameters, _session);

    internal Task CloseAsync()
    {
        _tools.EventReceived -= OnEvent;
        return _tools.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
    }

    private static JsonObject KeyEvent(string type, string key, int code) =>
        new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };

    private void OnEvent(string? session, string name, JsonObject parameters)
    {
        if (session != _session)
        {
            return;
        }

        switch (name)
        {
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)parameters["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
            case "Audits.issueAdded" when parameters["issue"]!["code"]!.ToString()
                .Contains("Security", StringComparison.Ordinal):
            case "Runtime.consoleAPICalled" when (string)parameters["type"]! is "error" or "warning" or "assert":
            case "Log.entryAdded" when (string)parameters["entry"]!["level"]! is "error" or "warning":
                _problems.Enqueue($"{name} {parameters.ToJsonString()}");
                break;
            default:
                break;
        }
    }
}
