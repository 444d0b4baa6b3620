using System;
using System.Collections.Generic;
using System.Security;

namespace Cadenza.Client.Security;

/// <summary>The API keys that an exchange issued. Never displayed and never serialized.</summary>
internal sealed class ApiKeySet
{
    /// <summary>
    /// Creates a set. Specify <paramref name="apiPassphrase"/> only if the venue requires one, such as OKX.
    /// </summary>
    /// <exception cref="ArgumentException">The key or the secret is blank.</exception>
    public ApiKeySet(SecureString apiKey, SecureString apiSecret, SecureString? apiPassphrase = null)
    {
        ApiKey = SecretText.IsBlank(apiKey)
            ? throw new ArgumentException("The API key is empty.", nameof(apiKey))
            : apiKey;
        ApiSecret = SecretText.IsBlank(apiSecret)
            ? throw new ArgumentException("The API secret is empty.", nameof(apiSecret))
            : apiSecret;
        ApiPassphrase = SecretText.IsBlank(apiPassphrase) ? null : apiPassphrase;
    }

    internal SecureString ApiKey { get; }

    internal SecureString ApiSecret { get; }

    internal SecureString? ApiPassphrase { get; }

    internal IReadOnlyList<SecureString> All =>
        ApiPassphrase is null ? [ApiKey, ApiSecret] : [ApiKey, ApiSecret, ApiPassphrase];
}
