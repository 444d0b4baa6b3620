using System;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.State;

/// <summary>What the sandbox stores about a set of keys.</summary>
internal sealed class KeyMark
{
    private const int MaxVisible = 6;

    private KeyMark(string masked, string fingerprint, bool works)
    {
        Masked = masked;
        Fingerprint = fingerprint;
        Works = works;
    }

    public string Masked { get; }

    public string Fingerprint { get; }

    /// <summary>Whether the exchange accepts them.</summary>
    public bool Works { get; }

    public static KeyMark Of(string apiKey, string apiSecret, string? apiPassphrase) => new(
        Mask(apiKey),
        KeyFingerprint.Compute(apiKey, apiSecret, apiPassphrase),
        !apiKey.StartsWith(SandboxSeeds.FailingKeyPrefix, StringComparison.Ordinal));

    // The keys of a seeded credential follow from its id, so that a million of them take no memory.
    public static string SeededMask(Guid credentialId) => SeededStream(credentialId).NextText(MaxVisible) + "***";

    public static string SeededFingerprint(Guid credentialId)
    {
        SeededRandom stream = SeededStream(credentialId);
        return KeyFingerprint.Compute(stream.NextText(64), stream.NextText(64), stream.NextText(16));
    }

    // The first six characters of a short key would be most of it.
    private static string Mask(string apiKey) => apiKey.Remove(Math.Min(MaxVisible, apiKey.Length / 2)) + "***";

    private static SeededRandom SeededStream(Guid credentialId) =>
        new(BitConverter.ToUInt64(credentialId.ToByteArray(), 0));
}
