#if NET
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Json;

/// <content>Reads the plain accounts of long lists. Every other account is read by Utf8JsonReader.</content>
internal static partial class TradingAccountReader
{
    /// <summary>Reads an account. Returns null if it is not plain.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static TradingAccount? ReadPlain(ReadOnlySpan<byte> bytes, SecretRedactor redactor, InternedValues interned)
    {
        var json = new PlainJson(bytes);
        string? id = null, venue = null, nickname = null, type = null, status = null;
        var credentials = new List<ListedCredential>(1);
        if (!json.TryRead('{'))
        {
            return null;
        }

        do
        {
            if (!json.TryReadName(out ReadOnlySpan<byte> name))
            {
                return null;
            }

            bool isRead = Identify(name) switch
            {
                AccountMember.Id => json.TryReadText(redactor, out id),
                AccountMember.Venue => json.TryReadCommonText(redactor, interned, out venue),
                AccountMember.Nickname => json.TryReadText(redactor, out nickname),
                AccountMember.Type => json.TryReadCommonText(redactor, interned, out type),
                AccountMember.Status => json.TryReadCommonText(redactor, interned, out status),
                AccountMember.Credentials => TryReadCredentials(ref json, credentials, redactor, interned),
                _ => json.TrySkip(),
            };
            if (!isRead)
            {
                return null;
            }
        }
        while (json.TryRead(','));
        return json.TryRead('}') && json.IsAtEnd ? Create(id, venue, nickname, type, status, credentials) : null;
    }

    [MethodImpl(HotPath.Optimized)]
    private static bool TryReadCredentials(
        ref PlainJson json, List<ListedCredential> credentials, SecretRedactor redactor, InternedValues interned)
    {
        credentials.Clear();
        if (!json.TryRead('['))
        {
            return false;
        }

        if (json.TryRead(']'))
        {
            return true;
        }

        do
        {
            if (!TryReadCredential(ref json, redactor, interned, out ListedCredential credential))
            {
                return false;
            }

            if (!string.IsNullOrEmpty(credential.CredentialId))
            {
                credentials.Add(credential);
            }
        }
        while (json.TryRead(','));
        return json.TryRead(']');
    }

    /// <summary>Reads a credential, which is an object or only an id.</summary>
    [MethodImpl(HotPath.Optimized)]
    private static bool TryReadCredential(
        ref PlainJson json, SecretRedactor redactor, InternedValues interned, out ListedCredential credential)
    {
        string? id = null, venue = null, nickname = null, status = null;
        if (!json.TryRead('{'))
        {
            bool isId = json.TryReadText(SecretRedactor.Plain, out id);
            credential = new ListedCredential(id!, null, null, null);
            return isId;
        }

        credential = default;
        do
        {
            if (!json.TryReadName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            CredentialMember member = CredentialMembers.Identify(name);
            string? text = null;
            bool isRead = member switch
            {
                CredentialMember.CredentialId => json.TryReadText(SecretRedactor.Plain, out id),
                CredentialMember.Venue => json.TryReadCommonText(redactor, interned, out venue),
                CredentialMember.Status => json.TryReadCommonText(redactor, interned, out status),
                CredentialMember.Nickname or CredentialMember.Name => json.TryReadText(redactor, out text),
                _ => json.TrySkip(),
            };
            if (!isRead)
            {
                return false;
            }

            nickname = NullIfEmpty(text) ?? nickname;
        }
        while (json.TryRead(','));
        credential = new ListedCredential(id!, NullIfEmpty(venue), nickname, NullIfEmpty(status));
        return json.TryRead('}');
    }
}
#endif
