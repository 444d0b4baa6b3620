using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>How a kind of change is spoken of.</summary>
/// <param name="Action">What is asked and shown under -WhatIf, such as "Revoke for good".</param>
/// <param name="PastParticiple">The participle, such as "revoked".</param>
/// <param name="Verb">The one word for it, such as "revoke", as in a journal.</param>
public sealed record ChangeKind(string Action, string PastParticiple, string Verb)
{
    /// <summary>The action with where it is done, since a mistake there is the worst: "Revoke for good in Production (host)".</summary>
    public string ActionIn(CadenzaConnection connection) => connection.Environment switch
    {
        "Sandbox" => Action + " in the sandbox",
        "Custom" => $"{Action} at {connection.Host}",
        string environment => $"{Action} in {environment} ({connection.Host})",
    };

    /// <summary>Revoking.</summary>
    public static readonly ChangeKind Revoke = new("Revoke for good", "revoked", JournalAction.Revoke);

    /// <summary>Creating.</summary>
    public static readonly ChangeKind Create = new("Create a credential", "created", JournalAction.Create);

    /// <summary>Rotating.</summary>
    public static readonly ChangeKind Rotate = new("Replace the API keys", "rotated", JournalAction.Rotate);
}
