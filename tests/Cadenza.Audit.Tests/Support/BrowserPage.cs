using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A page of a browser, with what it complained of and what it asked the network for.</summary>
public sealed class BrowserPage
{
    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    internal BrowserPage(DevTools tools, string target, string session)
    {
        _tools = tools;
        _target = target;
        _session = session;
        tools.Happened += Take;
    }

    /// <summary>Exceptions, console errors and warnings, and violations of the page's policy.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    /// <summary>The addresses that were asked for.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>How long the page took from the navigation until its script had run and the browser had drawn it.</summary>
    public TimeSpan OpenedIn { get; private set; }

    internal async Task PrepareAsync(int width, int height, bool dark)
    {
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network", "Audits"])
        {
            await SendAsync(domain + ".enable");
        }

        await SendAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await SendAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
        await EmulateAsync(dark, media: "");
    }

    /// <summary>Shows the page in a colour scheme, on a medium.</summary>
    public Task EmulateAsync(bool dark, string media) => SendAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["media"] = media,
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
    });

    internal async Task GoAsync(string address)
    {
        var watch = Stopwatch.StartNew();
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address });
        await WaitAsync("document.readyState === 'complete' && document.documentElement.dataset.ready === 'true'");
        await EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        OpenedIn = watch.Elapsed;
    }

    /// <summary>The value of an expression, which may be a promise.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonObject answer = await SendAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
            ["userGesture"] = true,
        });
        return answer["exceptionDetails"] is JsonNode fault ? throw new InvalidOperationException(fault.ToJsonString()) : answer["result"]!["value"]?.DeepClone();
    }

    public async Task<string> TextAsync(string expression) => (string?)await EvaluateAsync(expression) ?? "";

    public async Task<int> NumberAsync(string expression) => (int)(double)(await EvaluateAsync(expression))!;

    public async Task<string[]> TextsAsync(string expression) =>
        [.. (await EvaluateAsync($"Array.from({expression})"))!.AsArray().Select(static text => (string?)text ?? "")];

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
        var press = new JsonObject { ["type"] = "keyDown", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code };
        if (text.Length > 0)
        {
            press["text"] = text;
        }

        await SendAsync("Input.dispatchKeyEvent", press);
        await SendAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
    }

    public Task TypeAsync(string text) => SendAsync("Input.insertText", new JsonObject { ["text"] = text });

    internal Task<JsonObject> SendAsync(string method, JsonObject? parameters = null) => _tools.SendAsync(method, parameters, _session);

    internal Task CloseAsync()
    {
        _tools.Happened -= Take;
        return _tools.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target });
    }

    private void Take(string? session, string name, JsonObject what)
    {
        if (session != _session)
        {
            return;
        }

        switch (name)
        {
            case "Network.requestWillBeSent":
                _requests.Enqueue((string)what["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
            case "Audits.issueAdded" when what["issue"]!["code"]!.ToString().Contains("Security", StringComparison.Ordinal):
            case "Runtime.consoleAPICalled" when (string)what["type"]! is "error" or "warning" or "assert":
            case "Log.entryAdded" when (string)what["entry"]!["level"]! is "error" or "warning":
                _complaints.Enqueue($"{name} {what.ToJsonString()}");
                break;
            default:
                break;
        }
    }
}
