using System.Collections.Generic;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Models;

/// <summary>
/// The result of a verification. Depending on its dialect, the server returns the credential or the accounts that it
/// reaches.
/// </summary>
public sealed class VerificationResult
{
    /// <summary>The credential's id.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The credential's venue; null if neither the server nor the input names it.</summary>
    public string? Venue { get; init; }

    /// <summary>The credential's nickname; null if neither the server nor the input names it.</summary>
    public string? Nickname { get; init; }

    /// <summary>
    /// The answer, from the credential's status or from the accounts that it reaches: one of the words of
    /// <see cref="VerificationAnswer"/>.
    /// </summary>
    public required string Answer { get; init; }

    /// <summary>Whether the exchange accepts the key. False if that is not known yet.</summary>
    public bool Passed => Answer == VerificationAnswer.Accepted;

    /// <summary>The credential's status after the verification, or null if the server returns accounts.</summary>
    public string? Status { get; init; }

    /// <summary>Why the verification did not pass, preferably the server's message, or null if it passed.</summary>
    public string? Message { get; init; }

    /// <summary>The server that verified the credential, as in <see cref="CadenzaCredential.Server"/>.</summary>
    public string? Server { get; internal set; }

    /// <summary>The account types that the key reaches; empty if the server returns accounts.</summary>
    public IReadOnlyList<string> Identities
    {
        get;
        init => field = ReadableList<string>.Of(value);
    }
    = ReadableList<string>.Of([]);

    /// <summary>The accounts that the key reaches; empty if the server returns the credential.</summary>
    public IReadOnlyList<TradingAccount> Accounts
    {
        get;
        init => field = ReadableList<TradingAccount>.Of(value);
    }
    = ReadableList<TradingAccount>.Of([]);

    /// <summary>Copies the result with a venue and a nickname where the server does not name them.</summary>
    internal VerificationResult WithName(string? venue, string? nickname) =>
        new()
        {
            CredentialId = CredentialId,
            Venue = Venue ?? venue,
            Nickname = Nickname ?? nickname,
            Answer = Answer,
            Status = Status,
            Message = Message,
            Identities = Identities,
            Accounts = Accounts,
            Server = Server,
        };

    /// <summary>The result for a credential whose key the exchange rejected.</summary>
    internal static VerificationResult Rejected(string credentialId, ApiException rejection) =>
        new()
        {
            CredentialId = credentialId,
            Answer = VerificationAnswer.Rejected,
            Message = rejection.ServerMessage ?? rejection.Message,
        };

    /// <summary>The result for a revoked credential.</summary>
    internal static VerificationResult Revoked(string credentialId) =>
        new()
        {
            CredentialId = credentialId,
            Answer = VerificationAnswer.NotApplicable,
            Status = CredentialStatus.Revoked,
            Message = Messages.Revoked,
        };
}
