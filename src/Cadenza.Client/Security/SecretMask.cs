using System;

namespace Cadenza.Client.Security;

/// <summary>Recognizes secrets by their names and masks API keys.</summary>
internal static class SecretMask
{
    /// <summary>The replacement of a masked value.</summary>
    public const string Masked = "***";

    private static readonly string[] SecretWords =
    [
        "secret", "passphrase", "password", "token", "privatekey", "authorization", "apikey",
    ];

    /// <summary>Whether the name of a JSON member or header suggests a secret.</summary>
    public static bool IsSecretName(string name)
    {
        // "api_key" and "X-Api-Key" are "apiKey".
        name = WithoutSeparators(name);
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

    private static string WithoutSeparators(string name) => name.IndexOfAny(['_', '-']) < 0
        ? name
        : string.Concat(name.Split('_', '-'));

    /// <summary>Masks an API key, unless the server masked it already.</summary>
    public static string MaskKey(string key) =>
        key.IndexOf('*') >= 0 ? key : key.Substring(0, Math.Min(4, key.Length / 4)) + Masked;
}
