using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;

namespace Cadenza.Commands.Changes;

/// <summary>The changes that were started and whose outcome is not yet reported. Thread-safe.</summary>
internal sealed class InFlightChanges
{
    private readonly Dictionary<string, InFlightChange> _changes = new(CredentialIdComparer.Instance);

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

    /// <summary>Removes a change when its outcome is reported.</summary>
    public void Remove(InFlightChange change)
    {
        lock (_changes)
        {
            _changes.Remove(change.Key);
        }
    }

    /// <summary>Removes all changes and returns one sentence for the outcome of each.</summary>
    public IReadOnlyList<string> TakeUnreportedOutcomes()
    {
        lock (_changes)
        {
            string[] outcomes = [.. _changes.Values.Select(static change => change.Describe())];
            _changes.Clear();
            return outcomes;
        }
    }
}

/// <summary>A change that was started.</summary>
internal sealed class InFlightChange(string key, ChangeRequest request)
{
    /// <summary>Changes with the same key are never in flight together.</summary>
    public string Key { get; } = key;

    /// <summary>The outcome as a sentence; null until it is known, or if the change was made.</summary>
    public string? Outcome { get; set; }

    /// <summary>The change, if the server made or accepted it.</summary>
    public ApiResult<CadenzaCredential>? Made { get; set; }

    /// <summary>Returns the outcome as a sentence. A change whose outcome is not known may be made.</summary>
    public string Describe()
    {
        (string name, string verb) = (request.DisplayName, request.Kind.PastParticiple);
        return Outcome ?? Made?.IsAccepted switch
        {
            true => Messages.Accepted(name, verb),
            false => Messages.Made(name, verb),
            null => Messages.MayBeMade(name, verb),
        };
    }
}
