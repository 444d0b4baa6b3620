namespace Cadenza.Client.Security;

/// <summary>The parts of a set of API keys.</summary>
internal enum KeyPart
{
    /// <summary>The API key.</summary>
    ApiKey,

    /// <summary>The API secret.</summary>
    ApiSecret,

    /// <summary>The passphrase.</summary>
    ApiPassphrase,
}
