using System.Security;
using Cadenza.Client.Security;

namespace Cadenza.Commands.Changes;

/// <summary>The two ways to give new keys, put together: a user name with password, or key and secret apart.</summary>
public static class ApiKeyInput
{
    private const string NeitherStringNorSecret = " is neither a string nor a SecureString.";

    /// <summary>Gives the keys, or what is wrong with the input.</summary>
    /// <param name="credentialKey">The key from a user-name-and-password object; null where none was given.</param>
    /// <param name="credentialSecret">The secret from it.</param>
    /// <param name="apiKey">The key given by itself.</param>
    /// <param name="apiSecret">The secret given by itself.</param>
    /// <param name="apiPassphrase">The passphrase, with either way.</param>
    public static (ApiKeySet? Keys, string? Fault) Combine(
        SecureString? credentialKey, SecureString? credentialSecret, SecureString? apiKey, SecureString? apiSecret, SecureString? apiPassphrase)
    {
        bool hasCredential = credentialKey is not null;
        if (hasCredential && (apiKey is not null || apiSecret is not null))
        {
            return (null, "Give either -ApiCredential or -ApiKey with -ApiSecret, not both.");
        }

        if (!hasCredential && apiKey is null && apiSecret is null)
        {
            return (null, "No keys were given: -ApiCredential, or -ApiKey with -ApiSecret.");
        }

        SecureString? key = hasCredential ? credentialKey : apiKey;
        SecureString? secret = hasCredential ? credentialSecret : apiSecret;
        string keyName = hasCredential ? "-ApiCredential's user name (the API key)" : "-ApiKey";
        string secretName = hasCredential ? "-ApiCredential's password (the API secret)" : "-ApiSecret";
        string? fault = Find(key, keyName) ?? Find(secret, secretName)
            ?? FindInPassphrase(apiPassphrase);
        return fault is null ? (new ApiKeySet(key!, secret!, apiPassphrase), null) : (null, fault);
    }

    private static string? FindInPassphrase(SecureString? passphrase)
    {
        if (ReferenceEquals(passphrase, SecretText.Unusable))
        {
            return "-ApiPassphrase" + NeitherStringNorSecret;
        }

        return passphrase is null || SecretText.IsUnicode(passphrase) ? null : "-ApiPassphrase is not valid Unicode.";
    }

    private static string? Find(SecureString? secret, string name)
    {
        if (SecretText.IsBlank(secret))
        {
            return name + (ReferenceEquals(secret, SecretText.Unusable) ? NeitherStringNorSecret : " is empty.");
        }

        return SecretText.IsUnicode(secret!) ? null : name + " is not valid Unicode.";
    }
}
