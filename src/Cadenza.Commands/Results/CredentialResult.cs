using System;

namespace Cadenza.Commands.Results;

/// <summary>
/// What a command did for one item of its input. There is one for each item, whether it succeeded or not. All
/// properties are text, numbers and times, so that they stay the same in CSV, JSON and CLIXML. Contains no secret.
/// </summary>
public sealed class CredentialResult
{
    /// <summary>
    /// The position of the item in the input, from 1. Results are written in the order of completion.
    /// </summary>
    public required long Index { get; init; }

    /// <summary>The id of the credential; null if the input has none, or if it was not created.</summary>
    public string? CredentialId { get; init; }

    /// <summary>The venue, from the server or from the input; null if not known.</summary>
    public string? Venue { get; init; }

    /// <summary>The nickname, from the server or from the input; null if not known.</summary>
    public string? Nickname { get; init; }

    /// <summary>
    /// The server of the connection: the host, with the port and the path if they are not the default.
    /// </summary>
    public required string Server { get; init; }

    /// <summary>What the command does: <c>rotate</c>, <c>revoke</c>, <c>create</c> or <c>verify</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What happened: one of the words of <see cref="ResultOutcome"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>
    /// Whether the exchange accepts the keys: one of the words of <see cref="ResultVerification"/>. Null if it was not
    /// asked.
    /// </summary>
    public string? Verified { get; init; }

    /// <summary>The id of the error, such as CadenzaInvalidApiKey; null if there was none.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The message of the error, or why nothing was done; null if there is nothing to add.</summary>
    public string? Message { get; init; }

    /// <summary>The number of requests that were sent for the action; null if it is not known.</summary>
    public int? Attempts { get; init; }

    /// <summary>The id with which the operator of the server can find the last attempt; null if not known.</summary>
    public string? RequestId { get; init; }

    /// <summary>When the action was started, in UTC; null if nothing was sent.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the outcome was known, in UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
