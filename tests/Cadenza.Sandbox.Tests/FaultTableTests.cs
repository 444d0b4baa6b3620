namespace Cadenza.Sandbox.Tests;

public sealed class FaultTableTests
{
    private static readonly TimeSpan SilenceIsThisLong = TimeSpan.FromMilliseconds(300);

    [Fact]
    public void The_table_has_every_kind() =>
        Assert.Equal(
            Enum.GetValues<SandboxFaultKind>(), FaultTable.Cases.Select(static c => c.Kind).Distinct().Order());

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [MemberData(nameof(FaultTable.Everywhere), MemberType = typeof(FaultTable))]
    public async Task A_client_sees_what_the_table_says(Transport transport, int row, string rule)
    {
        FaultCase expected = FaultTable.Cases[row];
        await using Rig rig = await Rig.StartAsync(transport, rule);
        switch (expected.Seen)
        {
            case Seen.Nothing:
                await AssertLostAsync(rig);
                break;
            case Seen.Silence:
                await AssertSilentAsync(rig.RevokeAsync);
                break;
            default:
                await AssertAnswerAsync(rig, expected);
                break;
        }
    }

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [MemberData(nameof(FaultTable.Everywhere), MemberType = typeof(FaultTable))]
    public async Task State_and_log_tell_the_truth(Transport transport, int row, string rule)
    {
        FaultCase expected = FaultTable.Cases[row];
        await using Rig rig = await Rig.StartAsync(transport, rule);
        using (var source = new CancellationTokenSource())
        {
            Task<HttpResponseMessage> sent = rig.RevokeAsync(source.Token);
            await WaitForAsync(() => rig.Sandbox.RequestCount == 1);
            await source.CancelAsync();
            await IgnoreAsync(sent);
        }

        Assert.Equal(expected.TakesEffect, rig.TargetNow.IsRevoked);
        Assert.Equal(expected.TakesEffect ? 1 : 0, rig.TargetNow.Changes);
        Assert.Equal(expected.TakesEffect, rig.LastRequest.TookEffect);
        Assert.Equal(expected.Kind, rig.LastRequest.Fault);
        Assert.Equal(expected.Status, rig.LastRequest.Status);
        Assert.Equal(expected.TakesEffect ? rig.LastRequest.RequestId : null, rig.TargetNow.RevokedByRequestId);
    }

    private static async Task AssertLostAsync(Rig rig)
    {
        HttpRequestException failure = await Assert.ThrowsAsync<HttpRequestException>(() => rig.RevokeAsync());
        Assert.IsAssignableFrom<IOException>(failure.InnerException);
        Assert.NotEqual(HttpRequestError.ConnectionError, failure.HttpRequestError);
    }

    private static async Task AssertAnswerAsync(Rig rig, FaultCase expected)
    {
        using HttpResponseMessage response = await rig.RevokeAsync();
        Assert.Equal(expected.Status, (int)response.StatusCode);
        Assert.Equal(expected.MediaType, response.Content.Headers.ContentType?.MediaType);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        if (expected.Seen == Seen.Answer)
        {
            await AssertWholeAsync(body, expected);
            return;
        }

        long declared = response.Content.Headers.ContentLength!.Value;
        var half = new byte[declared / 2];
        await body.ReadExactlyAsync(half).AsTask().WaitAsync(Rig.Patience);
        Assert.Equal((byte)'{', half[0]);
        if (expected.Seen == Seen.HalfThenError)
        {
            await Assert.ThrowsAnyAsync<IOException>(
                () => body.ReadAsync(new byte[1]).AsTask().WaitAsync(Rig.Patience));
        }
        else
        {
            await AssertSilentAsync(async token => await body.ReadAsync(new byte[1], token));
        }
    }

    private static async Task AssertWholeAsync(Stream body, FaultCase expected)
    {
        using var reader = new StreamReader(body);
        string text = await reader.ReadToEndAsync().WaitAsync(Rig.Patience);
        if (expected.IsReadable)
        {
            using var json = JsonDocument.Parse(text);
            JsonElement errno = json.RootElement.GetProperty("errno");
            Assert.Equal(expected.Errno, errno.TryGetInt32(out int value) ? value : FaultCase.UnusableErrno);
            return;
        }

        if (expected.Kind is SandboxFaultKind.UnauthorizedJson or SandboxFaultKind.ForbiddenJson)
        {
            using var foreign = JsonDocument.Parse(text);
            Assert.False(
                foreign.RootElement.TryGetProperty("errno", out JsonElement number)
                    && number.ValueKind == JsonValueKind.Number);
            return;
        }

        bool isEmpty = expected.Kind
            is SandboxFaultKind.EmptyOk or SandboxFaultKind.NoContent or SandboxFaultKind.BadGatewayEmpty;
        Assert.Equal(isEmpty, text.Length == 0);
        Assert.Equal(expected.MediaType == "text/html", text.StartsWith("<html>", StringComparison.Ordinal));
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text).Dispose());
    }

    // Silence never ends by itself: it must last for a while, and end at once when the client cancels.
    private static async Task AssertSilentAsync<T>(Func<CancellationToken, Task<T>> act)
    {
        using var source = new CancellationTokenSource();
        Task<T> task = act(source.Token);
        Assert.NotSame(task, await Task.WhenAny(task, Task.Delay(SilenceIsThisLong)));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(Rig.Patience));
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Rig.Patience);
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private static async Task IgnoreAsync(Task<HttpResponseMessage> task)
    {
        try
        {
            (await task.WaitAsync(Rig.Patience)).Dispose();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // Another test checks what the client sees.
        }
    }
}
