using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Cadenza.Client.Errors;
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
    /// An element is neither a credential nor a trading account, or it belongs to another credential.
    /// </exception>
    public static VerificationResult Read(
        string credentialId, DataShape shape, IReadOnlyList<byte[]> elements, SecretRedactor redactor)
    {
        if (shape == DataShape.Object)
        {
            return FromCredential(credentialId, CredentialReader.Read(elements[0], redactor));
        }

        if (elements.Any(IsCredential))
        {
            return FromCredentials(credentialId, [.. elements.Select(e => CredentialReader.Read(e, redactor))]);
        }

        TradingAccount[] accounts = ReadAccounts(elements, redactor);
        return Array.TrueForAll(accounts, account => account.CredentialIds.Count == 0 || Uses(account, credentialId))
            ? FromAccounts(credentialId, accounts)
            : throw new OtherCredentialException();
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
            accounts.Where(account => Uses(account, id)).ToArray();
    }

    /// <summary>A credential in a list must not be read as a trading account that the key reaches.</summary>
    private static bool IsCredential(byte[] element)
    {
        bool hasId = false;
        var reader = new Utf8JsonReader(element);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonValues.GetString(ref reader, "a member's name");
            if (name == "tradingAccountId")
            {
                return false;
            }

            hasId |= name == "credentialId";
            reader.Read();
            reader.Skip();
        }

        return hasId;
    }

    private static VerificationResult FromCredentials(string credentialId, CadenzaCredential[] credentials) =>
        FromCredential(credentialId, Array.Find(
            credentials, c => CredentialIdComparer.Instance.Equals(c.CredentialId, credentialId)) ?? credentials[0]);

    private static TradingAccount[] ReadAccounts(IReadOnlyList<byte[]> elements, SecretRedactor redactor) =>
        elements.Select(element => TradingAccountReader.Read(element, redactor, interned: null)).ToArray();

    private static bool Uses(TradingAccount account, string credentialId) =>
        account.CredentialIds.Contains(credentialId, CredentialIdComparer.Instance);

    private static VerificationResult FromCredential(string credentialId, CadenzaCredential credential)
    {
        if (!CredentialIdComparer.Instance.Equals(credential.CredentialId, credentialId))
        {
            throw new OtherCredentialException();
        }

        string status = credential.Status ?? "unknown";
        (string answer, string? message) = CredentialStatus.GroupOf(credential) switch
        {
            CredentialStatusGroup.Working => (VerificationAnswer.Accepted, null),
            CredentialStatusGroup.Broken => (
                VerificationAnswer.Rejected, Messages.KeyRejected(status)),
            CredentialStatusGroup.Revoked => (VerificationAnswer.NotApplicable, Messages.Revoked),
            CredentialStatusGroup.Waiting => (
                VerificationAnswer.NotYetKnown, Messages.KeyNotVerified(status)),
            _ => (
                VerificationAnswer.NotYetKnown,
                Messages.StatusIsUnclear(status)),
        };
        return new VerificationResult
        {
            CredentialId = credentialId,
            Venue = credential.Venue,
            Nickname = credential.Nickname,
            Answer = answer,
            Message = message,
            Status = credential.Status,
            Identities = credential.Identities,
        };
    }

    private static VerificationResult FromAccounts(string credentialId, TradingAccount[] accounts)
    {
        bool isReached = Array.Exists(accounts, static account => !TradingAccountStatus.IsUnavailable(account.Status));
        return new VerificationResult
        {
            CredentialId = credentialId,
            Answer = isReached ? VerificationAnswer.Accepted
                : accounts.Length > 0 ? VerificationAnswer.NotYetKnown : VerificationAnswer.Rejected,
            Message = isReached ? null
                : accounts.Length > 0 ? Messages.AccountsUnavailable : Messages.NoAccounts,
            Accounts = accounts,
        };
    }
}
