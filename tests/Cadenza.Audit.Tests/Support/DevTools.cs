using System;
using System.Collections.Concurrent;
using System.IO;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Audit.Tests.Support;

/// <summary>A connection to the DevTools of a browser. Every wait is limited to 60 seconds.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sendLock = new(1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _pending = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _lastId;

    private DevTools()
    {
    }

    /// <summary>Raised for an event, with its session, name, and parameters.</summary>
    public event Action<string?, string, JsonObject>? EventReceived;

    public static async Task<DevTools> ConnectAsync(Uri address)
    {
        var tools = new DevTools();
        using var timeout = new CancellationTokenSource(Timeout);
        await tools._socket.ConnectAsync(address, timeout.Token);
        tools._receiving = Task.Run(tools.ReceiveAsync);
        return tools;
    }

    public async Task<JsonObject> SendAsync(string method, JsonObject? parameters = null, string? session = null)
    {
        int id = Interlocked.Increment(ref _lastId);
        var response = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = response;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(command));
        JsonObject result = await response.Task.WaitAsync(Timeout);
        return result["error"] is JsonNode error
            ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
            : result["result"]!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sendLock.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(byte[] message)
    {
        await _sendLock.WaitAsync(Timeout);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        }
        finally
        {
            _sendLock.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult received = await _socket.ReceiveAsync(buffer, _stop.Token);
                message.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    OnMessage(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!.AsObject());
                    message.SetLength(0);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or JsonException)
        {
            foreach (TaskCompletionSource<JsonObject> pending in _pending.Values)
            {
                pending.TrySetException(new InvalidOperationException("The connection to the browser was lost.", e));
            }
        }
    }

    private void OnMessage(JsonObject message)
    {
        if (message["id"] is JsonNode id)
        {
            if (_pending.TryRemove((int)id, out TaskCompletionSource<JsonObject>? pending))
            {
                pending.SetResult(message);
            }
        }
        else
        {
            EventReceived?.Invoke(
                (string?)message["sessionId"], (string)message["method"]!, message["params"]!.AsObject());
        }
    }
}
