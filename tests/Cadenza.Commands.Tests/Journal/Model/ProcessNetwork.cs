using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>The network between one process and its server, with the faults of the process.</summary>
internal sealed class ProcessNetwork(ModelProcess process) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _server = new(process.Server.Sandbox, disposeHandler: false);
    private readonly ModelFault _fault = process.Command.Fault.IsOfDisk ? ModelFault.None : process.Command.Fault;
    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, HttpStatusCode> _succeeded = new(StringComparer.Ordinal);
    private int _requests;

    /// <summary>Whether the fault has occurred.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The number of requests for a change.</summary>
    public int CountOf(ModelItem item) => _sent.GetValueOrDefault(item.Key);

    /// <summary>Whether the server has carried out or accepted a request for the change.</summary>
    public bool HasSucceeded(ModelItem item) => _succeeded.ContainsKey(item.Key);

    /// <summary>Whether the server has accepted a request for the change, to carry it out later.</summary>
    public bool IsAccepted(ModelItem item) => _succeeded.GetValueOrDefault(item.Key) == HttpStatusCode.Accepted;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        process.ThrowIfKilled();
        FaultKind fault = _fault.Concerns(Interlocked.Increment(ref _requests) - 1) ? _fault.Kind : FaultKind.None;
        HasFailed |= fault != FaultKind.None;
        ModelItem? item = await FindItemAsync(request);
        if (item is not null)
        {
            process.Server.Observe();
            _sent.AddOrUpdate(item.Key, 1, static (_, count) => count + 1);
            ProcessRules.VerifyRequest(process, item);
        }

        await FailBeforeAsync(fault, cancellationToken);
        if (fault == FaultKind.ServiceUnavailable)
        {
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("") };
        }

        HttpResponseMessage response = await _server.SendAsync(request, CancellationToken.None);
        if (item is not null && response.IsSuccessStatusCode)
        {
            process.Server.Observe();
            _succeeded[item.Key] = response.StatusCode;
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                process.System.NoteAccepted(item);
            }
            else
            {
                process.System.NoteMade(item, process);
            }
        }

        await FailAfterAsync(fault, cancellationToken);
        return response;
    }

    private async Task FailBeforeAsync(FaultKind fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FaultKind.RequestRefused:
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "The connection was refused.",
                    new SocketException((int)SocketError.ConnectionRefused));
            case FaultKind.CrashBeforeRequest:
                process.Kill();
                break;
            case FaultKind.CancelBeforeRequest:
                process.Cancel();
                break;
            case FaultKind.OthersBeforeRequest:
                await RunOthersAsync();
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task FailAfterAsync(FaultKind fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case FaultKind.ResponseLost:
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            case FaultKind.CrashAfterRequest:
                process.Kill();
                break;
            case FaultKind.CancelAfterRequest:
                process.Cancel();
                break;
            case FaultKind.OthersAfterRequest:
                await RunOthersAsync();
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Uses its own thread, because other processes block it.</summary>
    private Task RunOthersAsync() => Task.Factory.StartNew(
        () =>
        {
            foreach (ModelCommand command in _fault.Others)
            {
                process.System.Execute(command);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Returns the item that a request changes; null if it changes nothing.</summary>
    private async Task<ModelItem?> FindItemAsync(HttpRequestMessage request)
    {
        string action = request.RequestUri!.AbsolutePath.Split('/')[^1];
        if (!Enum.TryParse(action, ignoreCase: true, out ChangeAction _))
        {
            return null;
        }

        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(CancellationToken.None));
        string name = new[] { "credentialId", "nickname", "name" }
            .Select(member => body.RootElement.TryGetProperty(member, out JsonElement value) ? value.GetString() : null)
            .First(static text => text is not null)!;
        string key = ModelItem.KeyOf(process.Server.Host, action, name);
        return process.Server.Items.Single(item => item.Key == key);
    }
}
