using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Watching;

/// <summary>What a watch reports, and when it ends.</summary>
internal sealed class WatchOptions
{
    /// <summary>The time between two lists. Default: one minute.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether to read the list once only.</summary>
    public bool IsOnce { get; init; }

    /// <summary>When the watch ends; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether a change is reported if the credential is this one before or after. Default: every change.
    /// </summary>
    public Func<CadenzaCredential, bool> IsSelected { get; init; } = static _ => true;

    /// <summary>The ids of the credentials that are selected by id. Default: none.</summary>
    public IReadOnlyList<string> CredentialIds { get; init; } = [];

    /// <summary>Whether the watch ends after an event. Default: it does not.</summary>
    public Func<CredentialEvent, bool> IsLast { get; init; } = static _ => false;

    /// <summary>The file with the state of an earlier run; null for no file.</summary>
    public StateFile? State { get; init; }
}
