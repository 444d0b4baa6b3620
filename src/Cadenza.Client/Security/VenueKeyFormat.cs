using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Client.Security;

/// <summary>
/// What the API keys of a venue look like, as the exchanges publish it. They change it without notice, so that a
/// difference is no error. <see cref="Venues.HasPassphrase"/> tells which venues require a passphrase.
/// </summary>
internal sealed class VenueKeyFormat
{
    private const string Hex = "0123456789abcdefABCDEF";
    private const string Alphanumeric = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly TextFormat HexKey32 = new("32 hexadecimal digits", 32, 32, Hex);

    private static readonly Dictionary<string, VenueKeyFormat> Formats = new(StringComparer.Ordinal)
    {
        ["BINANCE"] = new()
        {
            HasNoPassphrase = true,
            Key = new("64 letters and digits", 64, 64, Alphanumeric),
            Secret = new("64 letters and digits, or a PEM key", 64, 64, Alphanumeric) { AllowsPem = true },
        },
        ["BITFINEX"] = new()
        {
            HasNoPassphrase = true,
            Key = new("40 to 45 letters and digits", 40, 45, Alphanumeric),
            Secret = new("40 to 45 letters and digits", 40, 45, Alphanumeric),
        },
        ["BYBIT"] = new()
        {
            HasNoPassphrase = true,
            Key = new("16 to 40 letters and digits", 16, 40, Alphanumeric),
            Secret = new("32 to 64 letters and digits, or a PEM key", 32, 64, Alphanumeric) { AllowsPem = true },
        },
        ["DERIBIT"] = new()
        {
            HasNoPassphrase = true,
            Key = new("6 to 32 letters, digits, - and _", 6, 32, Alphanumeric + "-_"),
            Secret = new("40 to 64 letters, digits, - and _, or a PEM key", 40, 64, Alphanumeric + "-_")
            {
                AllowsPem = true,
            },
        },
        ["HYPERLIQUID"] = new()
        {
            HasNoPassphrase = true,
            Key = new("0x and 40 hexadecimal digits", 40, 40, Hex) { OptionalPrefix = "0x" },
            Secret = new("0x and 64 hexadecimal digits", 64, 64, Hex) { OptionalPrefix = "0x" },
        },
        ["OKX"] = new()
        {
            Key = new("a UUID of 36 characters", 36, 36, Hex + "-"),
            Secret = HexKey32,
            Passphrase = new("8 to 32 characters", 8, 32, alphabet: null),
        },
    };

    /// <summary>Whether the keys never have a passphrase.</summary>
    public bool HasNoPassphrase { get; private init; }

    /// <summary>The format of the API key, or null if it is not known.</summary>
    public TextFormat? Key { get; private init; }

    /// <summary>The format of the API secret, or null if it is not known.</summary>
    public TextFormat? Secret { get; private init; }

    /// <summary>The format of the passphrase, or null if it is not known.</summary>
    public TextFormat? Passphrase { get; private init; }

    /// <summary>Returns the format of a venue or its test environment, or null if it is not known.</summary>
    public static VenueKeyFormat? Find(string? venue) =>
        Venues.BaseName(venue) is string name && Formats.TryGetValue(name, out VenueKeyFormat? format)
            ? format
            : null;

    /// <summary>A number of characters of an alphabet.</summary>
    /// <param name="description">The format in words.</param>
    /// <param name="minLength">The minimum number of characters, without the prefix.</param>
    /// <param name="maxLength">The maximum number of characters, without the prefix.</param>
    /// <param name="alphabet">The characters; null for any.</param>
    internal sealed class TextFormat(string description, int minLength, int maxLength, string? alphabet)
    {
        public string Description => description;

        public bool AllowsPem { get; init; }

        public string OptionalPrefix { get; init; } = "";

        public bool Matches(ReadOnlySpan<char> text)
        {
            if (AllowsPem && PemRules.IsPem(text))
            {
                return true;
            }

            if (OptionalPrefix.Length > 0 && text.StartsWith(OptionalPrefix.AsSpan()))
            {
                text = text.Slice(OptionalPrefix.Length);
            }

            if (text.Length < minLength || text.Length > maxLength)
            {
                return false;
            }

            foreach (char c in text)
            {
                if (alphabet is not null && alphabet.IndexOf(c) < 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
