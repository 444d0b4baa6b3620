using System;

namespace Cadenza.Client.Security;

/// <summary>Recognizes secrets by their names and masks API keys.</summary>
internal static class SecretMask
{
    /// <summary>The replacement of a masked value.</summary>
    public const string Masked = "***";

    private static readonly string[] SecretWords =
    [
        "secret", "passphrase", "password", "token", "privatekey", "private_key", "authorization", "apikey", "api_key",
    ];

    /// <summary>Whether the name of a JSON member or header suggests a secret.</summary>
    public static bool IsSecretName(string name)
    {
        foreach (string word in SecretWords)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                // "tokenType" and similar members describe a secret and do not contain it.
                return !name.EndsWith("Type", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }

    /// <summary>Masks an API key, unless the server masked it already.</summary>
    public static string MaskKey(string key) =>
        key.IndexOf('*') >= 0 ? key : key.Substring(0, Math.Min(4, key.Length / 4)) + Masked;
}
