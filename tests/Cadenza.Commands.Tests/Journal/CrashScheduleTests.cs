using System;
using System.Collections.Generic;
using System.Linq;
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
using Cadenza.Commands.Tests.Support;
using Cadenza.Sandbox;
using Xunit;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>
/// Runs that crash at random points with one journal and one server: in the end, every change was made once, and no
/// line of the journal is wrong. tests/Pester/Journal.Tests.ps1 tests separate processes that are killed.
/// </summary>
public sealed class CrashScheduleTests
{
    private static readonly int Schedules = ScheduleCount.Scale(300);

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task Runs_that_crash_anywhere_make_every_change_once()
    {
        int crashes = 0;
        int unresolvedIntents = 0;
        for (ulong seed = 1; seed <= (ulong)Schedules; seed++)
        {
            try
            {
                using var schedule = new Schedule(seed);
                await schedule.RunAsync().WaitAsync(TimeSpan.FromSeconds(60));
                crashes += schedule.Crashes;
                unresolvedIntents += schedule.UnresolvedIntents;
            }
            catch (Exception e)
            {
                Assert.Fail($"Seed {seed}: {e}");
            }
        }

        Assert.True(crashes > Schedules / 4, $"There were only {crashes} crashes.");
        Assert.True(unresolvedIntents > Schedules / 4, $"The crashes left only {unresolvedIntents} intents.");
    }

    /// <summary>One journal, one server, and runs of which all but the last crash.</summary>
    private sealed class Schedule : IDisposable
    {
        private readonly JournalFolder _folder = new();
        private readonly SkippingTimeProvider _timeProvider = new();
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
                TimeProvider = _timeProvider,
                Faults = _random.Next(2) == 0 ? null : new SandboxFaults
                {
                    Seed = _random.Next(1_000_000),
                    Rules =
                    [
                        new SandboxFaultRule
                        {
                            Endpoint = "credential/" + _action,
                            Kind = _random.Pick(
                                [
                                    SandboxFaultKind.ResetAfter,
                                    SandboxFaultKind.TruncatedBody,
                                    SandboxFaultKind.GatewayTimeoutHtml,
                                    SandboxFaultKind.ResetBefore,
                                ]),
                            Probability = 0.4,
                            Times = 12,
                            AfterChange = _random.Next(2) == 0,
                        },
                        new SandboxFaultRule
                        {
                            Endpoint = "credential/list",
                            Kind = SandboxFaultKind.BadGatewayHtml,
                            Probability = 0.3,
                            Times = 6,
                        },
                    ],
                },
            });
            SandboxCredential[] free =
            [
                .. _sandbox.GetState().Credentials.Where(static c => !c.IsRevoked && !c.IsColleagues && !c.IsBlocked),
            ];
            _items =
            [
                .. Enumerable
                    .Range(0, 4 + _random.Next(8))
                    .Select(i => new Item(_action == "create" ? null : free[i].CredentialId, i)),
            ];
        }

        public int Crashes { get; private set; }

        public int UnresolvedIntents { get; private set; }

        public async Task RunAsync()
        {
            for (int run = 1; ; run++)
            {
                Assert.True(run < 60, "The schedule did not end.");
                int allowed = run <= 4 ? 1 + _random.Next(2 * _items.Length) : int.MaxValue;
                using var network = new CrashingNetwork(_sandbox, _timeProvider, allowed, isLost: _random.Next(2) == 0);
                bool isDone = await RunOnceAsync(network);
                Verify();
                if (network.HasCrashed)
                {
                    Crashes++;
                    if (_random.Next(3) == 0)
                    {
                        // Killed while it wrote another line.
                        byte[] line = JournalFolder.Bytes(JournalFolder.Entry(JournalEvent.Intent));
                        await System.IO.File.AppendAllTextAsync(
                            _folder.File,
                            System.Text.Encoding.UTF8.GetString(line, 0, 1 + _random.Next(line.Length - 2)));
                    }
                }
                else if (isDone)
                {
                    break;
                }
            }

            Assert.All(_items, item => Assert.True(Truth(item).IsRight, $"{item} was not changed correctly."));
            Assert.All(
                _items,
                item =>
                    Assert.True(
                        _action == "rotate" || Truth(item).Changes == 1,
                        $"{item} was changed {Truth(item).Changes} times."));

            // The server rejects a second creation with the same name, so check that none was sent.
            Assert.DoesNotContain(
                _sandbox.Requests,
                static request =>
                    request.Path.EndsWith("/create", StringComparison.Ordinal) && request.Status is 400 or 409);
            Assert.All(LinesByKey().Values, static lines => Assert.Equal(JournalEvent.Applied, lines[^1].Event));
            Assert.Equal(_items.Length, LinesByKey().Count);
        }

        public void Dispose()
        {
            _folder.Dispose();
            _connection.Dispose();
        }

        /// <summary>Returns whether every item succeeded.</summary>
        private async Task<bool> RunOnceAsync(CrashingNetwork network)
        {
            var options = new CadenzaClientOptions(new Uri("https://sandbox.invalid/"))
            {
                Handler = network,
                TimeProvider = _timeProvider,
                MaxRetries = 2,
            };
            using var client = CadenzaClient.FromAccessToken(options, SecretText.Wrap(_sandbox.IssueAccessToken()));
            await client.GetCurrentUserAsync();
            ChangeJournal journal = _folder.Open(_connection);
            var send = new JournaledExecution(journal, client, static (_, _) => { });
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
                        Assert.True(
                            e.Outcome is RequestOutcome.Unknown or RequestOutcome.NotSent,
                            $"{item}: {e.Outcome} {e.Message}");
                    }
                }

                network.Leave();
            })));
            network.Join(_workers);
            await Task.WhenAny(all, network.AllStuckOrDone);
            journal.Abandon();
            return all.IsCompleted
                ? await all.ContinueWith(
                    task => task.IsCompletedSuccessfully ? isDone : throw task.Exception!, TaskScheduler.Default)
                : false;
        }

        private void Verify()
        {
            foreach (Item item in _items)
            {
                (bool isRight, int changes) = Truth(item);
                List<JournalEntry> lines = LinesByKey().GetValueOrDefault(
                    item.ToRequest(_action).CredentialId ?? item.Nickname) ?? [];
                Assert.True(
                    changes == 0 || lines.Exists(static line => line.Event == JournalEvent.Intent),
                    $"{item} was changed without an intent.");
                Assert.True(
                    isRight || !lines.Exists(static line => line.Event == JournalEvent.Applied),
                    $"{item} is recorded as applied, but was not changed correctly.");
                Assert.True(
                    changes == 0 || lines[^1].Event is not (JournalEvent.Rejected or JournalEvent.NotSent),
                    $"{item} is recorded as unchanged, but was changed.");
                UnresolvedIntents += lines.Count > 0 && lines[^1].Event == JournalEvent.Intent ? 1 : 0;
            }
        }

        private Dictionary<string, List<JournalEntry>> LinesByKey() =>
            !System.IO.File.Exists(_folder.File) ? [] : ChangeJournal.Read(_folder.File, static _ => { })
            .GroupBy(entry => entry.Action == "create" ? entry.Nickname! : entry.CredentialId!, StringComparer.Ordinal)
            .ToDictionary(static lines => lines.Key, static lines => lines.ToList(), StringComparer.Ordinal);

        private (bool IsRight, int Changes) Truth(Item item)
        {
            SandboxCredential[] found =
            [
                .. _sandbox
                    .GetState().Credentials
                    .Where(c => item.Id is null ? c.Nickname == item.Nickname : c.CredentialId == item.Id),
            ];
            return (
                found.Length == 1
                    && (_action == "revoke" ? found[0].IsRevoked : found[0].Fingerprint == item.Fingerprint),
                found.Sum(static c => c.Changes));
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
}
