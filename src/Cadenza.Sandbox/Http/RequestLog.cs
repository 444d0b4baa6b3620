using System.Collections.Generic;

namespace Cadenza.Sandbox.Http;

/// <summary>The last requests and the total number of requests. Guarded by the handler's lock.</summary>
internal sealed class RequestLog
{
    private const int Capacity = 10_000;
    private readonly Queue<SandboxRequest> _last = new();

    public long Total { get; private set; }

    public void Add(SandboxRequest request)
    {
        if (_last.Count == Capacity)
        {
            _last.Dequeue();
        }

        _last.Enqueue(request);
        Total++;
    }

    public IReadOnlyList<SandboxRequest> Snapshot() => _last.ToArray();
}
