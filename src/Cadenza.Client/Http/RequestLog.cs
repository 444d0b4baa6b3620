using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Client.Http;

/// <summary>The last attempts of requests, in memory. Several connections and threads can share it.</summary>
/// <param name="capacity">The maximum number of attempts. A new one then replaces the oldest one.</param>
internal sealed class RequestLog(int capacity = RequestLog.DefaultCapacity)
{
    /// <summary>The default maximum number of attempts.</summary>
    public const int DefaultCapacity = 1_000;

    private readonly object _lock = new();
    private CadenzaRequest[]? _ring;
    private long _added;

    /// <summary>Adds an attempt.</summary>
    public void Add(CadenzaRequest request)
    {
        lock (_lock)
        {
            _ring ??= new CadenzaRequest[capacity];
            _ring[_added++ % capacity] = request;
        }
    }

    /// <summary>Lists the last attempts, the oldest first.</summary>
    /// <param name="last">The maximum number of attempts; null for all.</param>
    public IReadOnlyList<CadenzaRequest> List(int? last = null)
    {
        lock (_lock)
        {
            long count = Math.Min(Math.Min(_added, capacity), last ?? capacity);
            var found = new List<CadenzaRequest>((int)count);
            for (long i = _added - count; i < _added; i++)
            {
                found.Add(_ring![i % capacity]);
            }

            return found;
        }
    }

    /// <summary>Removes all attempts.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            (_ring, _added) = (null, 0);
        }
    }
}
