using System;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Journal;

/// <summary>A line of a journal. Contains no secret and nothing that is derived from a secret.</summary>
public sealed record JournalEntry
{
    /// <summary>When the line was written, in UTC by the clock of the machine that wrote it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What the line records: one of the words of <see cref="JournalEvent"/>.</summary>
    public required string Event { get; init; }

    /// <summary>The kind of change: <c>revoke</c>, <c>rotate</c> or <c>create</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The id of the credential; null for a credential that is not yet created.</summary>
    public string? CredentialId { get; init; }

    /// <summary>The venue from the input or the response; null if neither contains it.</summary>
    public string? Venue { get; init; }

    /// <summary>The nickname from the input or the response; null if neither contains it.</summary>
    public string? Nickname { get; init; }

    /// <summary>Uat, Production, Sandbox or Custom.</summary>
    public required string Environment { get; init; }

    /// <summary>The host of the API, with the port if it is not the default port.</summary>
    public required string Server { get; init; }

    /// <summary>The user who was signed in to the API; null if not known.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>The name of the operating system user.</summary>
    public required string User { get; init; }

    /// <summary>The name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>The id of the process on that machine.</summary>
    public required int ProcessId { get; init; }

    /// <summary>The id of the run. All lines of one command have the same id.</summary>
    public required string RunId { get; init; }

    /// <summary>
    /// For a change that was made: whether the exchange accepts the new keys, as one of the words of
    /// <see cref="ResultVerification"/>. Null if it was not asked.
    /// </summary>
    public string? Verified { get; init; }

    /// <summary>The number of attempts to send the change; null in an intent.</summary>
    public int? Attempts { get; init; }

    /// <summary>The id with which the operator of the server can find the last attempt.</summary>
    public string? RequestId { get; init; }

    /// <summary>The id of the error, such as CadenzaCredentialInUse; null if there was no error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>Details, such as the message of the error.</summary>
    public string? Message { get; init; }

    /// <summary>For an intent to create: the earliest creation time of the credential, by the server's clock.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The number of the line in the file, starting at 1; 0 if it was not read from a file.</summary>
    public long Line { get; init; }

    /// <summary>Lines with the same key belong to the same change of the same credential.</summary>
    internal string Key => CreateKey(Server, Action, CredentialId, Venue, ExactNickname ?? Nickname);

    /// <summary>Whether the run held a lock while it was active, see <see cref="RunLock"/>.</summary>
    internal bool HasRunLock { get; init; }

    /// <summary>The nickname before sanitizing; null if sanitizing did not change it.</summary>
    internal string? ExactNickname { get; init; }

    /// <summary>A creation is identified by venue and nickname because its credential has no id yet.</summary>
    internal static string CreateKey(string server, string action, string? id, string? venue, string? nickname) =>
        action == ChangeKind.Create.Verb
            ? $"{server}\n{action}\n{venue}".ToUpperInvariant() + "\n" + JournalNickname.Shorten(nickname)
            : $"{server}\n{action}".ToUpperInvariant() + "\n" + (id is null ? "" : CredentialIdComparer.Normalize(id));
}
