using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Operations;

namespace Cadenza.Commands.Changes;

/// <summary>The changes that were sent and whose outcome was not yet reported. Safe for concurrent use.</summary>
internal sealed class InFlightChanges
{
    private readonly Dictionary<string, InFlightChange> _changes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a change with this key is in flight.</summary>
    public bool Contains(string key)
    {
        lock (_changes)
        {
            return _changes.ContainsKey(key);
        }
    }

    /// <summary>Adds a change.</summary>
    public InFlightChange Add(string key, ChangeRequest request)
    {
        var change = new InFlightChange(key, request);
        lock (_changes)
        {
            _changes[key] = change;
        }

        return change;
    }

    /// <summary>Removes a change whose outcome is reported now.</summary>
    public void Remove(InFlightChange change)
    {
        lock (_changes)
        {
            _changes.Remove(change.Key);
        }
    }

    /// <summary>Removes all, and gives what is known about each as a sentence.</summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        lock (_changes)
        {
            string[] outcomes = [.. _changes.Values.Select(static change => change.Outcome ?? change.UnknownOutcome)];
            _changes.Clear();
            return outcomes;
        }
    }
}

/// <summary>A change that was sent.</summary>
internal sealed class InFlightChange(string key, ChangeRequest request)
{
    /// <summary>Changes with the same key are never in flight together.</summary>
    public string Key { get; } = key;

    /// <summary>The outcome as a sentence; null as long as it is not known.</summary>
    public string? Outcome { get; set; }

    /// <summary>What can be said while the outcome is not known.</summary>
    public string UnknownOutcome => $"{request.DisplayName} may or may not have been {request.Kind.PastParticiple}.";
}
