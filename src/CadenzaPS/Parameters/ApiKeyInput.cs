using System.Security;
using Cadenza.Client.Security;

namespace CadenzaPS.Parameters;

/// <summary>Combines the two ways to specify API keys: -ApiCredential, or -ApiKey with -ApiSecret.</summary>
internal static class ApiKeyInput
{
    private const string WrongType = " is neither a string nor a SecureString.";

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
        if (hasCredential && (apiKey is not null || apiSecret is not null))
        {
            return (null, "Specify either -ApiCredential, or -ApiKey and -ApiSecret, not both.");
        }

        if (!hasCredential && apiKey is null && apiSecret is null)
        {
            return (null, "No keys were specified. Specify -ApiCredential, or -ApiKey and -ApiSecret.");
        }

        SecureString? key = hasCredential ? credentialKey : apiKey;
        SecureString? secret = hasCredential ? credentialSecret : apiSecret;
        string? fault = Validate(key, hasCredential ? "The user name (API key) of -ApiCredential" : "-ApiKey")
            ?? Validate(secret, hasCredential ? "The password (API secret) of -ApiCredential" : "-ApiSecret")
            ?? ValidatePassphrase(apiPassphrase);
        return fault is null ? (new ApiKeySet(key!, secret!, apiPassphrase), null) : (null, fault);
    }

    private static string? Validate(SecureString? secret, string name)
    {
        if (SecretText.IsBlank(secret))
        {
            return name + (ReferenceEquals(secret, SecretText.Unusable) ? WrongType : " is empty.");
        }

        return ValidateUnicode(secret!, name);
    }

    private static string? ValidatePassphrase(SecureString? passphrase)
    {
        const string Name = "-ApiPassphrase";
        if (ReferenceEquals(passphrase, SecretText.Unusable))
        {
            return Name + WrongType;
        }

        return passphrase is null ? null : ValidateUnicode(passphrase, Name);
    }

    private static string? ValidateUnicode(SecureString secret, string name) =>
        SecretText.IsUnicode(secret) ? null : name + " is not valid Unicode.";
}
