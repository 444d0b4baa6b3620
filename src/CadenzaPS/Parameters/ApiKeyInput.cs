using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using Cadenza.Client.Security;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Combines the two ways to specify API keys: -ApiCredential, or -ApiKey with -ApiSecret.</summary>
internal static class ApiKeyInput
{
    /// <summary>The name of the parameter and of the column for a key with its secret.</summary>
    public const string ApiCredential = nameof(ApiCredential);

    /// <summary>Returns the keys, or what is wrong with the input.</summary>
    public static (ApiKeySet? Keys, string? Fault) Combine(KeyValues values)
    {
        if (UnusableArgument.Find(values.Login) is not null)
        {
            return (null, $"-{ApiCredential} {InputMessages.NoLogin}.");
        }

        SecureString? credentialKey =
            values.Login is null ? null : SecretText.Wrap(values.Login.UserName.AsSpan());
        return Combine(
            credentialKey,
            values.Login?.Password,
            values.ApiKey,
            values.ApiSecret,
            values.ApiPassphrase);
    }

    /// <summary>Returns the keys, or what is wrong with the input.</summary>
    /// <param name="credentialKey">The user name of -ApiCredential; null if it was not specified.</param>
    /// <param name="credentialSecret">The password of -ApiCredential.</param>
    /// <param name="apiKey">The value of -ApiKey.</param>
    /// <param name="apiSecret">The value of -ApiSecret.</param>
    /// <param name="apiPassphrase">The value of -ApiPassphrase, which both ways accept.</param>
    public static (ApiKeySet? Keys, string? Fault) Combine(
        SecureString? credentialKey,
        SecureString? credentialSecret,
        SecureString? apiKey,
        SecureString? apiSecret,
        SecureString? apiPassphrase)
    {
        bool hasCredential = credentialKey is not null;
        if (hasCredential && (IsSpecified(apiKey) || IsSpecified(apiSecret)))
        {
            return (null, "Specify either -ApiCredential, or -ApiKey and -ApiSecret, not both.");
        }

        if (!hasCredential && apiKey is null && apiSecret is null)
        {
            return (null, InputMessages.NoKeys);
        }

        SecureString? key = hasCredential ? credentialKey : apiKey;
        SecureString? secret = hasCredential ? credentialSecret : apiSecret;
        string? fault = Validate(key, NameOf(KeyPart.ApiKey, hasCredential))
            ?? Validate(secret, NameOf(KeyPart.ApiSecret, hasCredential))
            ?? (IsSpecified(apiPassphrase)
                ? Validate(apiPassphrase, NameOf(KeyPart.ApiPassphrase, hasCredential), isChosen: true)
                : null);
        return fault is null ? (new ApiKeySet(key!, secret!, apiPassphrase), null) : (null, fault);
    }

    /// <summary>Checks keys that were combined against the rules of their venue.</summary>
    /// <returns>The error, or null, and the warnings, each as a sentence.</returns>
    public static (string? Fault, IReadOnlyList<(string Text, bool IsFormat)> Warnings) Check(
        KeyValues values, ApiKeySet keys, string? venue)
    {
        IReadOnlyList<KeyIssue> issues = KeyRules.Check(keys, venue);
        bool hasCredential = values.Login is not null;
        return (
            issues.FirstOrDefault(static issue => issue.Level == KeyIssueLevel.Error) is KeyIssue error
                ? Sentence(error)
                : null,
            [.. issues.Where(static issue => issue.Level != KeyIssueLevel.Error)
                .Select(issue => (Sentence(issue), issue.Level == KeyIssueLevel.Format))]);

        string Sentence(KeyIssue issue) =>
            $"{NameOf(issue.Part, hasCredential)} {issue.Description}.";
    }

    private static string NameOf(KeyPart part, bool hasCredential) => (part, hasCredential) switch
    {
        (KeyPart.ApiKey, true) => $"The user name (API key) of -{ApiCredential}",
        (KeyPart.ApiSecret, true) => $"The password (API secret) of -{ApiCredential}",
        _ => $"-{part}",
    };

    private static bool IsSpecified(SecureString? secret) =>
        secret is { Length: > 0 } || UnusableArgument.Find(secret) is not null;

    private static string? Validate(SecureString? secret, string name, bool isChosen = false)
    {
        string? fault = secret is null ? "is empty"
            : UnusableArgument.Find(secret)?.Fault ?? KeyRules.FindFault(secret, isChosen);
        return fault is null ? null : $"{name} {fault}.";
    }
}
