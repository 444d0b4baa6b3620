using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace CadenzaPS.Session;

/// <summary>The last credentials that a session wrote, for completion. Adding one costs a single assignment.</summary>
internal sealed class CredentialMemory(int capacity = CredentialMemory.DefaultCapacity)
{
    /// <summary>The default maximum number of credentials.</summary>
    public const int DefaultCapacity = 5_000;

    private CadenzaCredential?[]? _ring;
    private int _next;

    /// <summary>Adds a credential. If the memory is full, it replaces the oldest one.</summary>
    public void Add(CadenzaCredential credential)
    {
        _ring ??= new CadenzaCredential?[capacity];
        _ring[_next] = credential;
        _next = _next + 1 == capacity ? 0 : _next + 1;
    }

    /// <summary>Lists the credentials in the order in which they were last added, each with its last state.</summary>
    public IReadOnlyList<CadenzaCredential> List()
    {
        var found = new List<CadenzaCredential>();
        var ids = new HashSet<string>(CredentialIdComparer.Instance);
        for (int i = 1; _ring is not null && i <= capacity; i++)
        {
            CadenzaCredential? credential = _ring[(_next - i + capacity) % capacity];
            if (credential is not null && ids.Add(credential.CredentialId))
            {
                found.Add(credential);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Removes all credentials.</summary>
    public void Clear() => (_ring, _next) = (null, 0);
}
