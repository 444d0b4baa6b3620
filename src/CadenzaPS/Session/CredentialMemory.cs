using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace CadenzaPS.Session;

/// <summary>The credentials that a session has seen last, for completion. Costs a listing one store per credential.</summary>
internal sealed class CredentialMemory(int capacity = CredentialMemory.DefaultCapacity)
{
    /// <summary>How many are remembered: more than anybody completes among.</summary>
    public const int DefaultCapacity = 5_000;

    private CadenzaCredential?[]? _ring;
    private int _next;

    /// <summary>Remembers a credential, in place of the oldest where there are too many.</summary>
    public void Add(CadenzaCredential credential)
    {
        _ring ??= new CadenzaCredential?[capacity];
        _ring[_next] = credential;
        _next = _next + 1 == capacity ? 0 : _next + 1;
    }

    /// <summary>What was seen, in the order it was seen; of a credential seen more than once what was seen last.</summary>
    public IReadOnlyList<CadenzaCredential> List()
    {
        var found = new List<CadenzaCredential>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 1; _ring is not null && i <= capacity; i++)
        {
            if (_ring[(_next - i + capacity) % capacity] is CadenzaCredential credential && ids.Add(credential.CredentialId))
            {
                found.Add(credential);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_ring, _next) = (null, 0);
}
