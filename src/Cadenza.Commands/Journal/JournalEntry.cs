using System;
using Cadenza.Client.Operations;

namespace Cadenza.Commands.Journal;

/// <summary>A line of a journal. Holds no secret, and nothing that is made from one.</summary>
public sealed record JournalEntry
{
    /// <summary>When the line was written (UTC, by the clock of the machine that wrote it).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it tells.</summary>
    public required JournalEvent Event { get; init; }

    /// <summary>What is done: <c>revoke</c>, <c>rotate</c> or <c>create</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The credential's id; null for one that is yet to be created.</summary>
    public string? CredentialId { get; init; }

    /// <summary>The venue, where the input or the answer told it.</summary>
    public string? Venue { get; init; }

    /// <summary>The nickname, where the input or the answer told it.</summary>
    public string? Nickname { get; init; }

    /// <summary>Uat, Production, Sandbox or Custom.</summary>
    public required string Environment { get; init; }

    /// <summary>The host of the API, with its port where that is not the usual one.</summary>
    public required string Server { get; init; }

    /// <summary>Who was signed in at the API, as far as that is known.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>The user of the machine.</summary>
    public required string User { get; init; }

    /// <summary>The machine.</summary>
    public required string Host { get; init; }

    /// <summary>The process on that machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The run: all lines of one command have the same.</summary>
    public required string RunId { get; init; }

    /// <summary>How many times the change was sent; null in an intent.</summary>
    public int? Attempts { get; init; }

    /// <summary>The id under which the operator of the server finds the last attempt.</summary>
    public string? RequestId { get; init; }

    /// <summary>The error's id, such as CadenzaCredentialInUse; null where there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What there is to say about it, such as the error's message.</summary>
    public string? Message { get; init; }

    /// <summary>For the intent to create: from when on, by the server's clock, a credential can be the one.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Which line of the file it is, from 1; 0 for one that was not read from a file.</summary>
    public long Line { get; init; }

    /// <summary>What the change is about: lines with the same key are about the same change of the same credential.</summary>
    internal string Key => KeyOf(Server, Action, CredentialId, Venue, ExactNickname ?? Nickname);

    /// <summary>The nickname as written, where that is not fit for a terminal; else null.</summary>
    internal string? ExactNickname { get; init; }

    /// <summary>Creations are known by venue and nickname, since the id of what they make is known last.</summary>
    internal static string KeyOf(string server, string action, string? id, string? venue, string? nickname) =>
        action == ChangeKind.Create.Verb
            ? $"{server}\n{action}\n{venue}".ToUpperInvariant() + "\n" + nickname
            : $"{server}\n{action}\n{id}".ToUpperInvariant();
}
