using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Reliability;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using Cadenza.Sandbox;
using Xunit;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>
/// Runs that die at random points, many times over, on one journal and one server: in the end every change was made once, and no line of
/// the journal claims what is not so. What a process of its own and a real kill add to this, tests/Pester/Journal.Tests.ps1 tries.
/// </summary>
public sealed class CrashScheduleTests
{
    private const int Schedules = 600;

    [Fact]
    public async Task Runs_that_die_anywhere_end_right_by_their_journal()
    {
        int crashes = 0;
        int dangling = 0;
        for (ulong seed = 1; seed <= Schedules; seed++)
        {
            try
            {
                using var schedule = new Schedule(seed);
                await schedule.RunAsync().WaitAsync(TimeSpan.FromSeconds(60));
                crashes += schedule.Crashes;
                dangling += schedule.Dangling;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }
        }

        Assert.True(crashes > Schedules, $"There were {crashes} crashes only.");
        Assert.True(dangling > Schedules, $"They left {dangling} intents only.");
    }

    /// <summary>One journal, one server, and runs of which all but the last ones die.</summary>
    private sealed class Schedule : IDisposable
    {
        private readonly JournalFolder _folder = new();
        private readonly TestClock _clock = new();
        private readonly Prng _random;
        private readonly SandboxHandler _sandbox;
        private readonly CadenzaConnection _connection = JournalFolder.Connect();
        private readonly Item[] _items;
        private readonly int _workers;
        private readonly string _action;

        public Schedule(ulong seed)
        {
            _random = new Prng(seed);
            _action = _random.Pick(["revoke", "rotate", "create"]);
            _workers = 1 + _random.Next(6);
            _sandbox = new SandboxHandler(new SandboxOptions
            {
                CredentialCount = 60,
                UtcNow = () => _clock.UtcNow,
                Delay = _clock.Delay,
                Faults = _random.Next(2) == 0 ? null : new SandboxFaults
                {
                    Seed = _random.Next(1_000_000),
                    Rules =
                    [
                        new SandboxFaultRule { Endpoint = "credential/" + _action, Kind = _random.Pick([SandboxFaultKind.ResetAfter, SandboxFaultKind.TruncatedBody, SandboxFaultKind.GatewayTimeoutHtml, SandboxFaultKind.ResetBefore]), Probability = 0.4, Times = 12, AfterChange = _random.Next(2) == 0 },
                        new SandboxFaultRule { Endpoint = "credential/list", Kind = SandboxFaultKind.BadGatewayHtml, Probability = 0.3, Times = 6 },
                    ],
                },
            });
            SandboxCredential[] free = [.. _sandbox.GetState().Credentials.Where(static c => !c.IsRevoked && !c.IsColleagues && !c.IsBlocked)];
            _items = [.. Enumerable.Range(0, 4 + _random.Next(8)).Select(i => new Item(_action == "create" ? null : free[i].CredentialId, i))];
        }

        public int Crashes { get; private set; }

        public int Dangling { get; private set; }

        public async Task RunAsync()
        {
            for (int run = 1; ; run++)
            {
                Assert.True(run < 60, "It never ended.");
                int allowed = run <= 4 ? 1 + _random.Next(2 * _items.Length) : int.MaxValue;
                using var network = new DyingNetwork(_sandbox, _clock, allowed, isLost: _random.Next(2) == 0);
                bool isDone = await RunOnceAsync(network);
                Verify();
                if (network.IsDead)
                {
                    Crashes++;
                    if (_random.Next(3) == 0)
                    {
                        // Killed while it wrote one more line.
                        byte[] line = JournalFolder.Bytes(JournalFolder.Entry(JournalEvent.Intent));
                        await System.IO.File.AppendAllTextAsync(_folder.File, System.Text.Encoding.UTF8.GetString(line, 0, 1 + _random.Next(line.Length - 2)));
                    }
                }
                else if (isDone)
                {
                    break;
                }
            }

            Assert.All(_items, item => Assert.True(Truth(item).IsRight, $"{item} is not as wanted."));
            Assert.All(_items, item => Assert.True(_action == "rotate" || Truth(item).Changes == 1, $"{item} was changed {Truth(item).Changes} times."));

            // The server would refuse a second one of the same name: that none was sent must be told otherwise.
            Assert.DoesNotContain(_sandbox.Requests, static request => request.Path.EndsWith("/create", StringComparison.Ordinal) && request.Status is 400 or 409);
            Assert.All(LinesByKey().Values, static lines => Assert.Equal(JournalEvent.Applied, lines[^1].Event));
            Assert.Equal(_items.Length, LinesByKey().Count);
        }

        public void Dispose()
        {
            _folder.Dispose();
            _connection.Dispose();
        }

        /// <summary>True where every item ended well.</summary>
        private async Task<bool> RunOnceAsync(DyingNetwork network)
        {
            var options = new CadenzaClientOptions(new Uri("https://sandbox.invalid/")) { Handler = network, Clock = _clock, MaxRetries = 2 };
            using var client = CadenzaClient.FromAccessToken(options, SecretText.Wrap(_sandbox.IssueAccessToken()));
            await client.GetCurrentUserAsync();
            using ChangeJournal journal = _folder.Open(_connection);
            var send = new JournaledExecution(journal, client, new Silence());
            var queue = new System.Collections.Concurrent.ConcurrentQueue<Item>(_items);
            bool isDone = true;
            Task all = Task.WhenAll(Enumerable.Range(0, _workers).Select(_ => Task.Run(async () =>
            {
                while (queue.TryDequeue(out Item? item))
                {
                    ChangeRequest change = item.ToRequest(_action);
                    (JournalDecision decision, JournaledChange journaled) = journal.Decide(
                        new JournaledChange(_action, change.CredentialId, change.Venue, change.Nickname));
                    if (decision == JournalDecision.AlreadyApplied)
                    {
                        continue;
                    }

                    Assert.NotEqual(JournalDecision.InProgress, decision);
                    try
                    {
                        await send.ExecuteAsync(change, journaled, CancellationToken.None);
                    }
                    catch (CadenzaException e)
                    {
                        isDone = false;
                        Assert.True(e.Outcome is RequestOutcome.Unknown or RequestOutcome.NotSent, $"{item}: {e.Outcome} {e.Message}");
                    }
                }

                network.Leave();
            })));
            network.Join(_workers);
            await Task.WhenAny(all, network.AllStuck);
            return all.IsCompleted ? await all.ContinueWith(task => task.IsCompletedSuccessfully ? isDone : throw task.Exception!, TaskScheduler.Default) : false;
        }

        private void Verify()
        {
            foreach (Item item in _items)
            {
                (bool isRight, int changes) = Truth(item);
                List<JournalEntry> lines = LinesByKey().GetValueOrDefault(item.ToRequest(_action).CredentialId ?? item.Nickname) ?? [];
                Assert.True(changes == 0 || lines.Exists(static line => line.Event == JournalEvent.Intent), $"{item} was changed without an intent.");
                Assert.True(isRight || !lines.Exists(static line => line.Event == JournalEvent.Applied), $"{item} is said to be applied, and is not.");
                Assert.True(changes == 0 || lines[^1].Event is not (JournalEvent.Rejected or JournalEvent.NotSent), $"{item} is said to be unchanged, and is not.");
                Dangling += lines.Count > 0 && lines[^1].Event == JournalEvent.Intent ? 1 : 0;
            }
        }

        private Dictionary<string, List<JournalEntry>> LinesByKey() => !System.IO.File.Exists(_folder.File) ? [] : ChangeJournal.Read(_folder.File, static _ => { })
            .GroupBy(entry => entry.Action == "create" ? entry.Nickname! : entry.CredentialId!, StringComparer.Ordinal)
            .ToDictionary(static lines => lines.Key, static lines => lines.ToList(), StringComparer.Ordinal);

        private (bool IsRight, int Changes) Truth(Item item)
        {
            SandboxCredential[] found = [.. _sandbox.GetState().Credentials.Where(c => item.Id is null ? c.Nickname == item.Nickname : c.CredentialId == item.Id)];
            return (found.Length == 1 && (_action == "revoke" ? found[0].IsRevoked : found[0].Fingerprint == item.Fingerprint), found.Sum(static c => c.Changes));
        }
    }

    private sealed record Item(string? Id, int Number)
    {
        public string Nickname => $"desk {Number}";

        public string Fingerprint => KeyFingerprint.Compute($"k{Number}", $"s{Number}", $"p{Number}");

        private ApiKeySet Keys => TestClients.Keys($"k{Number}", $"s{Number}", $"p{Number}");

        public ChangeRequest ToRequest(string action) => action switch
        {
            "revoke" => new RevokeRequest(new CredentialReference(Id)),
            "rotate" => new RotateRequest(new CredentialReference(Id), Keys),
            _ => new CreateRequest(new NewCredential("OKX", Keys) { Nickname = Nickname }),
        };
    }

    /// <summary>Lets so many requests through. The next one still arrives or is lost, and nobody ever hears of anything again.</summary>
    private sealed class DyingNetwork(HttpMessageHandler inner, Clock clock, int allowed, bool isLost) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);
        private readonly TaskCompletionSource _allStuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _requests;
        private int _stuckOrGone;
        private int _workers = int.MaxValue;

        public Task AllStuck => _allStuck.Task;

        public bool IsDead => Volatile.Read(ref _requests) > allowed;

        public void Join(int workers)
        {
            Volatile.Write(ref _workers, workers);
            Note(0);
        }

        public void Leave() => Note(1);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // The check of a connection is over before a run can die.
            int number = request.RequestUri!.AbsolutePath.Contains("/credential/", StringComparison.Ordinal) ? Interlocked.Increment(ref _requests) : 0;
            if (number <= allowed)
            {
                HttpResponseMessage answer = await _inner.SendAsync(request, cancellationToken);
                if (!IsDead)
                {
                    answer.Headers.Date = clock.UtcNow;
                    return answer;
                }
            }
            else if (number == allowed + 1 && !isLost)
            {
                try
                {
                    await _inner.SendAsync(request, CancellationToken.None);
                }
                catch (HttpRequestException)
                {
                    // Nobody hears of that either.
                }
            }

            Note(1);
            await new TaskCompletionSource().Task;
            throw new InvalidOperationException("The dead do not answer.");
        }

        private void Note(int count)
        {
            if (Interlocked.Add(ref _stuckOrGone, count) >= Volatile.Read(ref _workers))
            {
                _allStuck.TrySetResult();
            }
        }
    }

    private sealed class Silence : IRequestObserver
    {
        public bool WantsAttempts => false;

        public bool WantsDetail => false;

        public void OnAttempt(RequestTrace trace)
        {
        }

        public void OnDetail(string detail)
        {
        }

        public void OnWarning(string message)
        {
        }
    }
}
