using System;
using Cadenza.Sandbox.Seeding;

namespace Cadenza.Sandbox.State;

/// <summary>All that the sandbox remembers of a set of keys.</summary>
internal sealed class KeyMark
{
    private const int MostVisible = 6;

    private KeyMark(string masked, string fingerprint)
    {
        Masked = masked;
        Fingerprint = fingerprint;
    }

    public string Masked { get; }

    public string Fingerprint { get; }

    public static KeyMark Of(string apiKey, string apiSecret, string? apiPassphrase) =>
        new(Mask(apiKey), KeyFingerprint.Compute(apiKey, apiSecret, apiPassphrase));

    // A seeded credential's keys follow from its id, so that a million of them take no memory until somebody looks.
    public static string SeededMask(Guid credentialId) => SeededStream(credentialId).NextText(MostVisible) + "***";

    public static string SeededFingerprint(Guid credentialId)
    {
        var stream = SeededStream(credentialId);
        return KeyFingerprint.Compute(stream.NextText(64), stream.NextText(64), stream.NextText(16));
    }

    // A short key would be given away whole by its first six characters.
    private static string Mask(string apiKey) => apiKey.Remove(Math.Min(MostVisible, apiKey.Length / 2)) + "***";

    private static SeededRandom SeededStream(Guid credentialId) => new(BitConverter.ToUInt64(credentialId.ToByteArray(), 0));
}
