using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests;

/// <summary>
/// Several verifications in flight, in batches if the server supports them. Each has one result.
/// </summary>
public sealed class ConcurrentVerificationTests
{
    private readonly RecordingRuntime _host = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task A_server_that_rejects_batches_gets_one_batch_and_then_single_requests(int limit)
    {
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => IdsIn(request) is [string id]
            ? load.Process(request, async token =>
            {
                await Task.Delay(5, token);
                return Answers.Json(Wire.Item(Wire.Credential(id)));
            })
            : Answers.Json(Wire.Failure(-22015, "one at a time"), 400));
        string[] wanted = Ids(70);

        Verify(server, _host, limit, wanted);

        Assert.Equal(wanted.Order(), Results(_host).Order());
        Assert.Empty(_host.Errors);
        Assert.Equal(1, server.Requests.Count(static request => IdsIn(request).Length > 1));
        Assert.Equal(71, server.Requests.Count);
        Assert.InRange(load.Peak, 1, limit);
        Assert.Empty(_host.OtherThreads);
        if (limit == 1)
        {
            Assert.Equal(wanted, Results(_host));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_first_batch_is_sent_alone_and_the_others_concurrently(int limit)
    {
        int peakOfFirst = 0;
        var load = new ServerLoad();
        await using var server = ScriptedServer.Running(request => load.Process(request, async token =>
        {
            string[] ids = IdsIn(request);
            if (ids.Contains("id-1"))
            {
                // Allow time for a request beside the first.
                await Task.Delay(50, token);
                peakOfFirst = load.Peak;
            }
            else
            {
                await load.WaitForPeakAsync(Math.Min(limit, 2), token);
            }

            return Answers.Json(AccountsOf(ids));
        }));
        string[] wanted = Ids(110);

        Verify(server, _host, limit, wanted);

        Assert.Equal(wanted.Order(), Results(_host).Order());
        Assert.Equal(6, server.Requests.Count);
        Assert.Equal(1, peakOfFirst);
        Assert.InRange(load.Peak, Math.Min(limit, 2), limit);
        if (limit == 1)
        {
            Assert.Equal(wanted, Results(_host));
        }
    }

    [Fact]
    public async Task A_batch_that_is_rejected_later_is_repeated_as_single_requests_and_no_result_is_lost()
    {
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            string[] ids = IdsIn(request);
            await Task.Delay(ids.Length > 1 && !ids.Contains("id-1") ? 50 : 0, token);
            return await (ids switch
            {
                ["id-45"] => Answers.Json(Wire.Failure(-22016, "not found"), 404),
                [string one] => Answers.Json(Wire.Item(Wire.Credential(one))),
                _ when ids.Contains("id-45") => Answers.Json(Wire.Failure(-22016, "not found"), 404),
                _ => Answers.Json(AccountsOf(ids)),
            })(peer, token);
        });
        string[] wanted = Ids(95);

        Verify(server, _host, limit: 4, wanted);

        Assert.Equal("id-45", Assert.Single(_host.Errors).Target);
        Assert.Equal(wanted.Except(["id-45"]).Order(), Results(_host).Order());
    }

    [Fact]
    public async Task An_error_that_fails_every_item_is_written_last_and_ends_the_command()
    {
        var hasFailed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Running(request => async (peer, token) =>
        {
            string[] ids = IdsIn(request);
            if (!ids.Contains("id-1") && !ids.Contains("id-41"))
            {
                await hasFailed.Task.WaitAsync(token);
            }

            return await (ids.Contains("id-41")
                ? Answers.Json(Wire.Failure(-19002), 401)
                : Answers.Json(AccountsOf(ids)))(peer, token);
        });
        RecordingRuntime host = null!;
        host = new RecordingRuntime
        {
            StopsAtTerminatingError = true,
            OnCall = call => _ = call == "WriteTrace" && host.Traces[^1].Status == 401 && hasFailed.TrySetResult(),
        };

        Assert.Throws<StoppedException>(() => Verify(server, host, limit: 4, Ids(4000)));

        Assert.Equal("WriteError", host.Outputs.Last());
        int answered = server.Requests.Sum(static request => IdsIn(request).Length);
        Assert.Equal(answered, host.Written.Count + 20);

        // How many are sent before the client has read the error depends on the load of the machine.
        Assert.InRange(answered, 60, 2000);
    }

    private static string AccountsOf(string[] ids) => Wire.List([.. ids.Select(static id =>
        $$"""{"tradingAccountId":"t-{{id}}","status":"ACTIVE","credentials":[{"credentialId":"{{id}}"}]}""")]);

    private static IEnumerable<string> Results(RecordingRuntime host) =>
        host.Written.Cast<VerificationResult>().Select(static r => r.CredentialId);

    /// <summary>The ids of a verification, in the form of the OpenAPI document or of the guide.</summary>
    private static string[] IdsIn(ReceivedRequest request)
    {
        JsonElement body = JsonDocument.Parse(request.Text).RootElement;
        return body.TryGetProperty("credentialIds", out JsonElement ids)
            ? [.. ids.EnumerateArray().Select(static id => id.GetString()!)]
            : [body.GetProperty("credentialId").GetString()!];
    }

    private static void Verify(ScriptedServer server, RecordingRuntime host, int limit, string[] ids) =>
        ChangeRuns.Verify(server, host, limit, ids.Select(static id => new CredentialReference(id)));
}
