namespace Cadenza.Commands.Tests.Support;

/// <summary>Counts the requests that a server processes at a time, in total and for each key.</summary>
internal sealed class ServerLoad
{
    private readonly Dictionary<string, int> _byKey = new(CredentialIdComparer.Instance);
    private readonly List<(int Peak, TaskCompletionSource Reached)> _waiting = [];
    private int _current;

    public int Peak { get; private set; }

    public int PeakPerKey { get; private set; }

    /// <summary>
    /// Counts a request until its response is determined. Writing the response does not count because the client may
    /// then send the next request.
    /// </summary>
    public Answer Process(ReceivedRequest request, Func<CancellationToken, Task<Answer>> respond) =>
        async (peer, token) =>
    {
        string key = GetKey(request);
        Enter(key);
        Answer answer;
        try
        {
            answer = await respond(token);
        }
        finally
        {
            Leave(key);
        }

        return await answer(peer, token);
    };

    public Task WaitForPeakAsync(int peak, CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (Peak >= peak)
            {
                return Task.CompletedTask;
            }

            _waiting.Add((peak, reached));
        }

        return reached.Task.WaitAsync(Bound.Time, cancellationToken);
    }

    private static string GetKey(ReceivedRequest request)
    {
        JsonElement body = JsonDocument.Parse(request.Text).RootElement;
        return body.TryGetProperty("credentialId", out JsonElement id)
            || body.TryGetProperty("nickname", out id)
            ? id.GetString()!
            : Guid.NewGuid().ToString();
    }

    private void Enter(string key)
    {
        lock (_waiting)
        {
            Peak = Math.Max(Peak, ++_current);
            int ofKey = _byKey[key] = _byKey.GetValueOrDefault(key) + 1;
            PeakPerKey = Math.Max(PeakPerKey, ofKey);
            _waiting.Where(wait => wait.Peak <= Peak).ToList().ForEach(static wait => wait.Reached.TrySetResult());
        }
    }

    private void Leave(string key)
    {
        lock (_waiting)
        {
            _current--;
            _byKey[key]--;
        }
    }
}
