using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A connection to a browser's DevTools: sends commands and hands on events. Every wait ends after 30 seconds.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    private DevTools()
    {
    }

    /// <summary>An event: its session, its name and its parameters.</summary>
    public event Action<string?, string, JsonObject>? Happened;

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        using var patience = new CancellationTokenSource(Patience);
        await tools._socket.ConnectAsync(address, patience.Token);
        tools._receiving = Task.Run(tools.ReceiveAsync);
        return tools;
    }

    public async Task<JsonObject> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(command));
        JsonObject result = await answer.Task.WaitAsync(Patience);
        return result["error"] is JsonNode error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : result["result"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(Patience);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] part = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult received = await _socket.ReceiveAsync(part, _stop.Token);
                message.Write(part, 0, received.Count);
                if (received.EndOfMessage)
                {
                    Take(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!.AsObject());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or JsonException)
        {
            foreach (TaskCompletionSource<JsonObject> answer in _waiting.Values)
            {
                answer.TrySetException(new InvalidOperationException("The browser has gone.", e));
            }
        }
    }

    private void Take(JsonObject message)
    {
        if (message["id"] is JsonNode id)
        {
            if (_waiting.TryRemove((int)id, out TaskCompletionSource<JsonObject>? answer))
            {
                answer.SetResult(message);
            }
        }
        else
        {
            Happened?.Invoke((string?)message["sessionId"], (string)message["method"]!, message["params"]!.AsObject());
        }
    }
}
