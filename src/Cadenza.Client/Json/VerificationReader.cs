using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <summary>Reads the response to a verification. Its shape shows the dialect.</summary>
internal static class VerificationReader
{
    /// <summary>Reads the response to the verification of one credential.</summary>
    /// <param name="credentialId">The credential that was verified.</param>
    /// <param name="shape">The shape of data.</param>
    /// <param name="elements">The elements of data.</param>
    /// <param name="redactor">Redacts texts.</param>
    /// <exception cref="CredentialFormatException">
    /// An element is neither a credential nor a trading account.
    /// </exception>
    public static VerificationResult Read(
        string credentialId, DataShape shape, IReadOnlyList<byte[]> elements, SecretRedactor redactor)
    {
        if (shape == DataShape.Object)
        {
            CadenzaCredential credential = CredentialReader.Read(elements[0], redactor);
            bool passed = CredentialStatus.GroupOf(credential.Status) == CredentialStatusGroup.Working;
            return new VerificationResult
            {
                CredentialId = credentialId,
                Passed = passed,
                Message = passed
                    ? null
                    : $"The exchange does not accept the key: its status is {credential.Status ?? "unknown"}.",
                Status = credential.Status,
                Identities = credential.Identities,
            };
        }

        return FromAccounts(credentialId, ReadAccounts(elements, redactor));
    }

    /// <summary>
    /// Reads the response to the verification of several credentials. Returns null if it does not assign accounts to
    /// credentials, as in the dialects that return credentials.
    /// </summary>
    public static IReadOnlyList<VerificationResult>? ReadBatch(
        IReadOnlyList<string> credentialIds, DataShape shape, IReadOnlyList<byte[]> elements, SecretRedactor redactor)
    {
        if (shape != DataShape.Array || elements.Count == 0)
        {
            return null;
        }

        TradingAccount[] accounts = ReadAccounts(elements, redactor);
        return Array.TrueForAll(accounts, static account => account.CredentialIds.Count > 0)
            ? credentialIds.Select(id => FromAccounts(id, AccountsOf(id))).ToArray()
            : null;

        TradingAccount[] AccountsOf(string id) =>
            accounts.Where(account => account.CredentialIds.Contains(id, CredentialIdComparer.Instance)).ToArray();
    }

    private static TradingAccount[] ReadAccounts(IReadOnlyList<byte[]> elements, SecretRedactor redactor) =>
        elements.Select(element => TradingAccountReader.Read(element, redactor)).ToArray();

    private static VerificationResult FromAccounts(string credentialId, TradingAccount[] accounts) =>
        new()
        {
            CredentialId = credentialId,
            Passed = accounts.Length > 0,
            Message = accounts.Length > 0 ? null : "The key reaches no account.",
            Accounts = accounts,
        };
}
