using Cadenza.Client;
using Cadenza.Commands.Watching;

namespace Cadenza.Commands.Tests.Support;

/// <summary>A server of lists in memory, on a virtual time. The last list repeats.</summary>
internal sealed class WatchServer(Func<int, HttpResponseMessage> respond) : HttpMessageHandler
{
    private (int Polls, CancellationTokenSource Stop)? _stopAfter;

    public WatchServer(params string[] lists)
        : this(poll => Ok(lists[Math.Min(poll, lists.Length - 1)]))
    {
    }

    public SkippingTimeProvider Time { get; } = new();

    /// <summary>The times of the requests.</summary>
    public List<DateTimeOffset> Polls { get; } = [];

    public static HttpResponseMessage Ok(string body) => Answer(HttpStatusCode.OK, body);

    public static HttpResponseMessage Answer(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>Watches until the options end it. A watch that does not end by itself ends after some polls.</summary>
    public RecordingRuntime Watch(WatchOptions options, RecordingRuntime? runtime = null, int maxPolls = 50)
    {
        using CadenzaClient client = CreateClient();
        runtime ??= new RecordingRuntime();
        using var stop = new CancellationTokenSource();
        _stopAfter = (maxPolls, stop);
        try
        {
            new CredentialWatcher(client, runtime, options).Run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The limit of polls.
        }

        return runtime;
    }

    public CadenzaClient CreateClient() => CadenzaClient.FromAccessToken(
        new CadenzaClientOptions(new Uri("https://memory.invalid/"))
        {
            Handler = this,
            MaxRetries = 0,
            TimeProvider = Time,
        },
        SecretText.Wrap(TestClients.Token));

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int poll = Polls.Count;
        Polls.Add(Time.GetUtcNow());
        if (_stopAfter is { } limit && poll >= limit.Polls)
        {
            limit.Stop.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }

        HttpResponseMessage response = respond(poll);
        response.RequestMessage = request;
        return Task.FromResult(response);
    }
}
