using System.Collections.Generic;
using Cadenza.Client.Errors;

namespace Cadenza.Client.Models;

/// <summary>What a verification found: one model for the dialects, of which one answers with the credential and one with its accounts.</summary>
public sealed class VerificationResult
{
    /// <summary>The credential's id.</summary>
    public required string CredentialId { get; init; }

    /// <summary>Whether the exchange accepts the credential: its status says so, or it reaches at least one account.</summary>
    public required bool Passed { get; init; }

    /// <summary>The credential's status after the verification; null where the server answers with accounts.</summary>
    public string? Status { get; init; }

    /// <summary>Why it did not pass, in the server's words where it gave some; null where it passed.</summary>
    public string? Message { get; init; }

    /// <summary>The kinds of account that the key reaches; empty where the server answers with accounts.</summary>
    public IReadOnlyList<string> Identities { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of([]);

    /// <summary>The accounts that the key reaches; empty where the server answers with the credential.</summary>
    public IReadOnlyList<TradingAccount> Accounts { get; init => field = ReadableList<TradingAccount>.Of(value); } = ReadableList<TradingAccount>.Of([]);

    /// <summary>A credential whose key the exchange refused.</summary>
    internal static VerificationResult Refused(string credentialId, ApiException refusal) =>
        new() { CredentialId = credentialId, Passed = false, Message = refusal.ServerMessage ?? refusal.Message };
}
