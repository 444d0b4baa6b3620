#if NET
using System;
using System.Runtime.CompilerServices;
using System.Text;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <content>
/// Reads plain objects, which are nearly all objects of a list: compact JSON with known members, whose strings are
/// printable ASCII without escapes. Every other object is read by Utf8JsonReader, with the same result.
/// <para>
/// The methods are compiled with full optimization at once. A process that starts, lists once and ends would otherwise
/// run unoptimized code for most of the list.
/// </para>
/// </content>
internal ref partial struct CredentialParser
{
    /// <summary>The maximum number of digits of a time in milliseconds. Longer ones may be out of range.</summary>
    private const int MaxTimeDigits = 14;

    /// <summary>Reads the object. Returns false if it is not plain, and then the fields are not complete.</summary>
    [MethodImpl(HotPath.Optimized)]
    private bool TryReadPlain(InternedValues interned)
    {
        ReadOnlySpan<byte> json = _json;
        if (json.IsEmpty || json[0] != '{')
        {
            return false;
        }

        int at = 1;
        while (true)
        {
            if ((uint)at >= (uint)json.Length || json[at] != '"')
            {
                return false;
            }

            int nameStart = at + 1;
            int nameEnd = PlainJson.FindStringEnd(json, nameStart);
            if (nameEnd < 0 || nameEnd + 2 >= json.Length || json[nameEnd + 1] != ':')
            {
                return false;
            }

            CredentialMember member = CredentialMembers.Identify(json.Slice(nameStart, nameEnd - nameStart));
            at = nameEnd + 2;
            at = json[at] switch
            {
                (byte)'"' => ReadPlainString(json, at, member, interned),
                (byte)'[' when member == CredentialMember.Identities => ReadKnownList(json, at, interned),
                >= (byte)'0' and <= (byte)'9' => ReadPlainTime(json, at, member),
                _ => -1,
            };
            if (at < 0 || at >= json.Length)
            {
                return false;
            }

            if (json[at] == '}')
            {
                _isPlain = at == json.Length - 1;
                return _isPlain;
            }

            if (json[at] != ',')
            {
                return false;
            }

            at++;
        }
    }

    [MethodImpl(HotPath.Optimized)]
    private readonly CadenzaCredential BuildPlain(ReadOrigin? origin) => Create(
        DecodePlainId(),
        NullIfEmpty(DecodePlain(_nickname) ?? DecodePlain(_name)),
        DecodePlain(_key),
        NullIfEmpty(DecodePlain(_userId)),
        origin);

    [MethodImpl(HotPath.Optimized)]
    private readonly string DecodePlainId() =>
        !_id.IsMissing && IsPlainId(RawId) ? Encoding.ASCII.GetString(RawId) : DecodeAnyId();

    /// <summary>Reads a string. Returns the offset after it, or -1 if it is not plain.</summary>
    [MethodImpl(HotPath.Optimized)]
    private int ReadPlainString(ReadOnlySpan<byte> json, int at, CredentialMember member, InternedValues interned)
    {
        int end = PlainJson.FindStringEnd(json, at + 1);
        if (end < 0)
        {
            return -1;
        }

        var token = new StringToken(at, end - at - 1);
        switch (member)
        {
            case CredentialMember.CredentialId: _id = token; break;
            case CredentialMember.Nickname: _nickname = token; break;
            case CredentialMember.Name: _name = token; break;
            case CredentialMember.ApiKey: _key = token; break;
            case CredentialMember.UserId: _userId = token; break;
            case CredentialMember.Venue: _venue = Intern(token, interned); break;
            case CredentialMember.Status: _status = Intern(token, interned); break;
            case CredentialMember.CredentialType: _type = Intern(token, interned); break;
            case CredentialMember.Type: _typeOfPage = Intern(token, interned); break;
            case CredentialMember.CreatedAtDateTime: return TryParseUtc(token, out _createdDateTime) ? end + 1 : -1;
            case CredentialMember.UpdatedAtDateTime: return TryParseUtc(token, out _updatedDateTime) ? end + 1 : -1;
            case CredentialMember.RevokedAtDateTime: return TryParseUtc(token, out _revokedDateTime) ? end + 1 : -1;
            default: return -1;
        }

        return end + 1;
    }

    /// <summary>Reads Unix time in milliseconds. Returns the offset after it, or -1.</summary>
    [MethodImpl(HotPath.Optimized)]
    private int ReadPlainTime(ReadOnlySpan<byte> json, int at, CredentialMember member)
    {
        int start = at;
        long number = 0;
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9)
        {
            number = (number * 10) + (json[at++] - '0');
            if (at - start > MaxTimeDigits)
            {
                return -1;
            }
        }

        // JSON has no number with a leading zero.
        if (json[start] == '0' && at - start > 1)
        {
            return -1;
        }

        var time = DateTimeOffset.FromUnixTimeMilliseconds(number);
        switch (member)
        {
            case CredentialMember.UpdatedAt: _updated = time; break;
            case CredentialMember.CreatedAt: _created = time; break;
            case CredentialMember.RevokedAt: _revoked = time; break;
            default: return -1;
        }

        return at;
    }

    /// <summary>Reads a list that the response contained before. Returns the offset after it, or -1.</summary>
    [MethodImpl(HotPath.Optimized)]
    private int ReadKnownList(ReadOnlySpan<byte> json, int at, InternedValues interned)
    {
        int length = json.Slice(at).IndexOf((byte)']') + 1;
        if (length == 0 || length > StringInterner<string>.MaxLength
            || interned.Lists.Find(json.Slice(at, length)) is not ReadableList<string> known)
        {
            return -1;
        }

        _identities = known;
        return at + length;
    }

    [MethodImpl(HotPath.Optimized)]
    private readonly string Intern(StringToken token, InternedValues interned)
    {
        ReadOnlySpan<byte> bytes = _json.Slice(token.Start + 1, token.Length);
        return interned.Strings.Find(bytes) ?? interned.Strings.Add(bytes, DecodePlain(token)!);
    }

    [MethodImpl(HotPath.Optimized)]
    private readonly string? DecodePlain(StringToken token) => token.IsMissing
        ? null
        : _redactor.RedactPlain(Encoding.ASCII.GetString(_json.Slice(token.Start + 1, token.Length)));

    /// <summary>Whether an id has only characters that need no further validation.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static bool IsPlainId(ReadOnlySpan<byte> id)
    {
        foreach (byte c in id)
        {
            if (c is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z')
                or (>= (byte)'A' and <= (byte)'Z') or (byte)'-'))
            {
                return false;
            }
        }

        return id.Length is > 0 and <= Text.CredentialIdRules.MaxLength;
    }

    /// <summary>Parses the form <c>2026-03-01T12:00:00.000Z</c>, with or without the milliseconds.</summary>
    [MethodImpl(HotPath.Optimized)]
    private readonly bool TryParseUtc(StringToken token, out DateTimeOffset? time)
    {
        time = null;
        ReadOnlySpan<byte> text = _json.Slice(token.Start + 1, token.Length);
        bool hasMilliseconds = text.Length == 24;
        if ((!hasMilliseconds && text.Length != 20) || text[4] != '-' || text[7] != '-' || text[10] != 'T'
            || text[13] != ':' || text[16] != ':' || text[^1] != 'Z' || (hasMilliseconds && text[19] != '.'))
        {
            return false;
        }

        int year = Digits(text.Slice(0, 4)), month = Digits(text.Slice(5, 2)), day = Digits(text.Slice(8, 2));
        int hour = Digits(text.Slice(11, 2)), minute = Digits(text.Slice(14, 2)), second = Digits(text.Slice(17, 2));
        int millisecond = hasMilliseconds ? Digits(text.Slice(20, 3)) : 0;
        bool isValid = year >= 1 && month is >= 1 and <= 12 && day >= 1 && hour is >= 0 and <= 23
            && minute is >= 0 and <= 59 && second is >= 0 and <= 59 && millisecond >= 0
            && day <= DateTime.DaysInMonth(year, month);
        if (isValid)
        {
            time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        }

        return isValid;
    }

    /// <summary>Returns the number, or -1 if there is another character.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static int Digits(ReadOnlySpan<byte> text)
    {
        int number = 0;
        foreach (byte c in text)
        {
            if ((uint)(c - '0') > 9)
            {
                return -1;
            }

            number = (number * 10) + (c - '0');
        }

        return number;
    }
}
#endif
