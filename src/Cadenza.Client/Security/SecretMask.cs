using System;

namespace Cadenza.Client.Security;

/// <summary>Tells by its name what is a secret, and how an API key may be shown.</summary>
internal static class SecretMask
{
    /// <summary>What stands in place of a masked value.</summary>
    public const string Masked = "***";

    private static readonly string[] SecretWords = ["secret", "passphrase", "password", "token", "privatekey", "private_key", "authorization", "apikey", "api_key"];

    /// <summary>Whether a JSON member or header of this name holds a secret, going by its name.</summary>
    public static bool IsSecretName(string name)
    {
        foreach (string word in SecretWords)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                // "tokenType" and the like tell what a secret is, not the secret.
                return !name.EndsWith("Type", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    /// <summary>The API key as it may be shown: as the server masked it, or masked here if the server did not.</summary>
    public static string MaskKey(string key) =>
        key.IndexOf('*') >= 0 ? key : key.Substring(0, Math.Min(4, key.Length / 4)) + Masked;
}
