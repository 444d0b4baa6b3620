using System;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Changes;

/// <summary>An item of the input and its change.</summary>
internal sealed class ChangeItem(CredentialReference input, ChangeRequest request)
{
    /// <summary>The change; after the check, of the credential as the server knows it.</summary>
    public ChangeRequest Request { get; set; } = request;

    /// <summary>The change with the decision of the journal; null without a journal.</summary>
    public JournaledChange? Journaled { get; set; }

    /// <summary>When the change was started; null if it was not.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>Whether an earlier run has made the change, or may have made it.</summary>
    public bool IsResumed => Journaled is { Unresolved: not null } or { WasMade: true };

    /// <summary>The item as its result shows it.</summary>
    public ReportedItem Reported => new((Request.Existing ?? input) with { Number = input.Number }, StartedAt);
}
