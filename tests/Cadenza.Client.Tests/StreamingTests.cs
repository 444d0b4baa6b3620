namespace Cadenza.Client.Tests;

/// <summary>A list comes out as it comes in, and ends when nobody wants it any more.</summary>
[Collection(nameof(Reliability.FuzzTests))]
public sealed class StreamingTests
{
    [Fact]
    public async Task A_credential_is_out_before_the_answer_has_been_read_to_its_end()
    {
        var clientHasFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Answering(
            Answers.Chunked(
                async (peer, token) =>
                {
                    await peer.WriteChunkAsync($$"""{"data":[{{Wire.Credential("a")}},{"credent""", token);
                    await clientHasFirst.Task.WaitAsync(token);
                    await peer.WriteChunkAsync("""ialId":"b"}],"success":true}""", token);
                }));
        var ids = new List<string>();

        await server.Client
            .ListCredentialsAsync(
                CredentialFilter.All,
                row =>
                {
                    ids.Add(row.Credential!.CredentialId);
                    clientHasFirst.TrySetResult();
                })
            .Bounded();

        Assert.Equal(["a", "b"], ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_that_breaks_off_gives_its_rows_and_then_the_error(bool isReset)
    {
        // A reset can overtake rows that the client has not read yet.
        var hasRows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Answer answer = async (peer, token) =>
        {
            await Answers.Chunked(
                async (p, t) =>
                {
                    await p.WriteChunkAsync(
                        $$"""{"data":[{{Wire.Credential("a")}},{{Wire.Credential("b")}},{"cre""",
                        t);
                    if (isReset)
                    {
                        await hasRows.Task.WaitAsync(t);
                        p.Reset();
                    }

                    throw new OperationCanceledException();
                })(peer, token);
            return false;
        };
        await using var server = ScriptedServer.Answering(answer);

        ListResult result = await ListResult.OfAsync(server.Client, onRow: row => SetIfLast(row, hasRows));

        Assert.Equal(["a", "b"], result.Ids);
        Assert.Equal(
            (CadenzaErrorKind.BadResponse, RequestOutcome.Unknown),
            (result.Failure!.Kind, result.Failure.Outcome));
        Assert.Contains("ended after 2 credentials", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task A_list_that_stalls_gives_its_rows_and_then_the_error()
    {
        await using var server = ScriptedServer.Answering(Answers.Stalled("{\"data\":[" + Wire.Credential("a") + ","));
        using CadenzaClient client = TestClients.Create(server, TestClients.ShortTimeout);

        ListResult result = await ListResult.OfAsync(client);

        Assert.Equal(["a"], result.Ids);
        Assert.Contains(
            "the rest of the response did not arrive in time",
            result.Failure!.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_that_keeps_arriving_is_no_timeout()
    {
        FakeTimeProvider time = TestClients.CreateTime();
        int rows = 0;
        using var hasRestarted = new SemaphoreSlim(0);
        var observer = new RestartObserver(
            time,
            () =>
            {
                if (Interlocked.Exchange(ref rows, 0) > 0)
                {
                    hasRestarted.Release();
                }
            });
        await using var server = ScriptedServer.Answering(
            Answers.Chunked(
                async (peer, token) =>
                {
                    await peer.WriteChunkAsync("{\"data\":[" + Wire.Credential("0"), token);
                    for (int i = 1; i < 8; i++)
                    {
                        // The client restarts its timeout only after it has delivered the row.
                        await hasRestarted.WaitAsync(token);
                        time.Advance(TimeSpan.FromSeconds(1.5));
                        await peer.WriteChunkAsync("," + Wire.Credential($"{i}"), token);
                    }

                    await peer.WriteChunkAsync("],\"success\":true}", token);
                }));
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            TestClients.Options(server.BaseAddress, TimeSpan.FromSeconds(2), observer),
            SecretText.Wrap(TestClients.Token));

        ListResult result = await ListResult.OfAsync(client, onRow: _ => Interlocked.Increment(ref rows));

        Assert.Null(result.Failure);
        Assert.Equal(8, result.Credentials.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelling_ends_a_listing_at_once_and_its_request_with_it(bool hasBegun)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stop = new CancellationTokenSource();
        await using var server = ScriptedServer.Answering(
            async (peer, token) =>
            {
                if (hasBegun)
                {
                    await peer.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", token);
                    await peer.WriteChunkAsync("{\"data\":[" + Wire.Credential("a"), token);
                }
                else
                {
                    await stop.CancelAsync();
                }

                await peer.WaitForCloseAsync(token);
                closed.TrySetResult();
                return false;
            });
        using CadenzaClient client = TestClients.Create(server, TimeSpan.FromMinutes(5));
        var ids = new List<string>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ListCredentialsAsync(
            CredentialFilter.All,
            row =>
            {
                ids.Add(row.Credential!.CredentialId);
                stop.Cancel();
            },
            stop.Token).Bounded());

        Assert.Equal(hasBegun ? ["a"] : [], ids);
        await closed.Task.Bounded();
        Assert.Single(server.Requests);
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task An_exception_of_the_callback_ends_the_listing_and_its_request()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Answering(
            Answers.Chunked(
                async (peer, token) =>
                {
                    await peer.WriteChunkAsync("{\"data\":[" + Wire.Credential("a"), token);
                    await peer.WaitForCloseAsync(token);
                    closed.TrySetResult();
                }));

        ApiException error = await server.Client
            .ListCredentialsAsync(CredentialFilter.All, static _ => throw new DivideByZeroException()).FailsAsync();

        Assert.Equal(CadenzaErrorKind.UnexpectedFailure, error.Kind);
        await closed.Task.Bounded();
    }

    [Fact]
    public async Task First_does_not_wait_for_the_rest_of_the_answer()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { First = 2 },
            Answers.Stalled("{\"data\":[" + Wire.Credential("a") + "," + Wire.Credential("b")));

        result.AssertComplete(["a", "b"]);
    }

    private static void SetIfLast(CredentialRow row, TaskCompletionSource source)
    {
        if (row.Credential?.CredentialId == "b")
        {
            source.TrySetResult();
        }
    }
}
