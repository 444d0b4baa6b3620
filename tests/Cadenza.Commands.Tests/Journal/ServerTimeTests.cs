using Cadenza.Client;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>Before the first creation with a journal the server's time has to be known.</summary>
public sealed class ServerTimeTests
{
    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task Concurrent_creations_request_the_server_time_once()
    {
        using var folder = new JournalFolder();
        using var network = new TimelessServer();
        var options = new CadenzaClientOptions(new Uri("https://sandbox.invalid/")) { Handler = network };
        using var client = CadenzaClient.FromAccessToken(options, SecretText.Wrap("token"));
        using CadenzaConnection connection = JournalFolder.Connect();
        using ChangeJournal journal = folder.Open(connection);
        var execution = new JournaledExecution(journal, client, static (_, e) => throw e);
        using var together = new Barrier(2);

        await Task.WhenAll(CreateAsync("desk 1"), CreateAsync("desk 2")).Bounded();

        Assert.Equal(1, network.Questions);

        Task CreateAsync(string nickname) => Task.Run(async () =>
        {
            CreateRequest request = ChangeRuns.Creation(nickname);
            JournaledChange change = journal.Decide(JournalFolder.Create(nickname)).Change;
            together.SignalAndWait();
            await execution.ExecuteAsync(request, change, CancellationToken.None);
        });
    }

    /// <summary>
    /// Never sends its time. Delays the first request until a second one arrives or a second has passed.
    /// </summary>
    private sealed class TimelessServer : HttpMessageHandler
    {
        private readonly ManualResetEventSlim _second = new();
        private int _questions;

        public int Questions => Volatile.Read(ref _questions);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
            {
                if (Interlocked.Increment(ref _questions) > 1)
                {
                    _second.Set();
                }

                _second.Wait(TimeSpan.FromSeconds(1), cancellationToken);
                return WatchServer.Ok(Wire.Item("""{"id":"u","email":"ops@example.com"}"""));
            }

            // The nickname of the credential with the id 1 is "desk 1".
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            bool isFirst = body.Contains("desk 1", StringComparison.Ordinal);
            return WatchServer.Ok(Wire.Item(Wire.Credential(isFirst ? "1" : "2")));
        }

        protected override void Dispose(bool disposing)
        {
            _second.Dispose();
            base.Dispose(disposing);
        }
    }
}
