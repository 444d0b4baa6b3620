using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>
/// Simulates a crash: lets a number of requests through. The next request is delivered or lost, and from then on no
/// response is returned.
/// </summary>
internal sealed class CrashingNetwork(HttpMessageHandler inner, TimeProvider timeProvider, int allowed, bool isLost)
    : HttpMessageHandler
{
    private readonly HttpMessageInvoker _inner = new(inner, disposeHandler: false);
    private readonly TaskCompletionSource _allStuckOrDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;
    private int _stuckOrDone;
    private int _workers = int.MaxValue;

    public Task AllStuckOrDone => _allStuckOrDone.Task;

    public bool HasCrashed => Volatile.Read(ref _requests) > allowed;

    public void Join(int workers)
    {
        Volatile.Write(ref _workers, workers);
        AddStuckOrDone(0);
    }

    public void Leave() => AddStuckOrDone(1);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The check of the connection completes before a run can crash.
        int number = request.RequestUri!.AbsolutePath.Contains("/credential/", StringComparison.Ordinal)
            ? Interlocked.Increment(ref _requests)
            : 0;
        if (number <= allowed)
        {
            HttpResponseMessage answer = await _inner.SendAsync(request, cancellationToken);
            if (!HasCrashed)
            {
                answer.Headers.Date = timeProvider.GetUtcNow();
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
                // The crashed run does not see this failure.
            }
        }

        AddStuckOrDone(1);
        await new TaskCompletionSource().Task;
        throw new InvalidOperationException("A crashed run gets no response.");
    }

    private void AddStuckOrDone(int count)
    {
        if (Interlocked.Add(ref _stuckOrDone, count) >= Volatile.Read(ref _workers))
        {
            _allStuckOrDone.TrySetResult();
        }
    }
}
