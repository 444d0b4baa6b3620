using System.Collections.Concurrent;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>Two changes of the same credential are never in flight at the same time.</summary>
public sealed class ExclusiveChangeTests
{
    private readonly RecordingRuntime _host = new();

    [Fact]
    public async Task Changes_of_one_credential_are_made_one_after_the_other_in_order()
    {
        var load = new ServerLoad();
        var sent = new ConcurrentQueue<string>();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            string id = IdIn(request);
            sent.Enqueue($"{id} {JsonDocument.Parse(request.Text).RootElement.GetProperty("apiKey").GetString()}");
            await load.WaitForPeakAsync(2, token);
            return Answers.Json(Wire.Item(Wire.Credential(id)));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);
        using var runner = new ChangeRunner(connection, _host, ChangeKind.Rotate, new() { ThrottleLimit = 8 });

        for (int round = 0; round < 4; round++)
        {
            // The same UUID can be written in either case.
            string uuid = "0000000a-0000-4000-8000-00000000000b";
            foreach (string id in (string[])["one", "two", round % 2 == 0 ? uuid : uuid.ToUpperInvariant()])
            {
                runner.Process(Rotation(id, TestClients.Keys(key: "key-" + round)));
            }
        }

        runner.Complete();

        Assert.Equal(12, _host.Written.Count);
        Assert.Equal(1, load.PeakPerKey);
        Assert.InRange(load.Peak, 2, 3);
        foreach (string id in new[] { "one", "two", "0000000a" })
        {
            Assert.Equal(
                ["key-0", "key-1", "key-2", "key-3"],
                sent
                    .Where(line => line.StartsWith(id, StringComparison.OrdinalIgnoreCase))
                    .Select(static line => line.Split(' ')[1]));
        }
    }

    [Fact]
    public async Task A_second_revoke_of_one_credential_is_rejected_and_not_unknown()
    {
        var revoked = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            await Task.Delay(20, token);
            bool isFirst = revoked.TryAdd(IdIn(request), true);
            return await (isFirst ? Revoked(request) : Answers.Json(Wire.Failure(-130001), 400))(peer, token);
        });

        Revoke(server, _host, limit: 8, ["a", "a", "b", "a"]);

        Assert.Equal(["a", "b"], WrittenIds(_host).Order());
        Assert.Equal(2, _host.Errors.Count);
        Assert.All(_host.Errors, static error => Assert.Equal(CadenzaErrorKind.AlreadyRevoked, error.Kind));
        Assert.True(_host.Written.FindIndex(static c => ((CadenzaCredential)c).CredentialId == "a") >= 0);
        Assert.True(
            _host.Calls.IndexOf("WriteObject") < _host.Calls.IndexOf("WriteError"),
            "The rejection was written before the success.");
    }

    [Fact]
    public async Task Creations_with_one_nickname_are_made_one_after_the_other_and_others_concurrently()
    {
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            JsonElement wanted = JsonDocument.Parse(request.Text).RootElement;

            // Nicknames are compared exactly: "x", "X", and "y" do not wait for each other.
            await load.WaitForPeakAsync(3, token);
            string made = wanted.TryGetProperty("nickname", out JsonElement nickname) ? nickname.GetRawText() : "null";
            return Answers.Json(Wire.Item(
                $$"""{"credentialId":"made","venue":"OKX","nickname":{{made}},"status":"PENDING"}"""));
        }));
        using CadenzaConnection connection = TestConnections.Connect(server);

        Create("x", "X", "y", "x", "y");
        Assert.Equal(1, load.PeakPerKey);
        Assert.Equal(3, load.Peak);

        Create(null, null, null);
        Assert.Equal(8, _host.Written.Count);
        Assert.Equal(3, load.Peak);

        void Create(params string?[] nicknames) => Run(
            connection, _host, new() { ThrottleLimit = 8 }, nicknames.Select(Creation));
    }
}
