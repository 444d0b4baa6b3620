using System;
using System.Collections.Generic;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>How the members of a new credential are named.</summary>
internal enum MemberNames
{
    /// <summary>Both spellings. A server ignores the members that it does not know, unless it is strict.</summary>
    Both,

    /// <summary><c>credentialType</c> and <c>nickname</c>, as in the API guide and the OpenAPI document.</summary>
    Common,

    /// <summary><c>type</c> and <c>name</c>, as on the endpoint page.</summary>
    EndpointPage,
}

/// <summary>
/// What the responses of a connection have shown about the server's dialect, so that later requests have the right form
/// at once. Thread-safe: the worst that a race can cause is one more rejected request.
/// </summary>
internal sealed class ServerDialect
{
    private static readonly HashSet<string> GuideTypes = new(StringComparer.OrdinalIgnoreCase) { "EXCHANGE", "BROKER" };

    private int _names = -1;
    private int _types;

    /// <summary>Whether to try the guide's form of a verification before the form of the OpenAPI document.</summary>
    public bool VerifiesByGuide { get; set; }

    /// <summary>The names to try for a new credential, in this order.</summary>
    public IReadOnlyList<MemberNames> NamesToTry => Volatile.Read(ref _names) is int known and >= 0
        ? [(MemberNames)known]
        : [MemberNames.Both, MemberNames.Common, MemberNames.EndpointPage];

    /// <summary>
    /// The types to try for a new credential whose type was not specified, in this order. Null sends no type.
    /// </summary>
    public IReadOnlyList<string?> TypesToTry(string defaultType) => Volatile.Read(ref _types) switch
    {
        > 0 => [defaultType, null, OpenApiType],
        < 0 => [null, OpenApiType, defaultType],
        _ => [defaultType, null, OpenApiType],
    };

    /// <summary>The type of the OpenAPI document for a key and a secret.</summary>
    private static string OpenApiType => "API_KEY";

    /// <summary>Learns from a credential in a response.</summary>
    /// <param name="hasPageNames">Whether it has a member <c>type</c> or <c>name</c>.</param>
    /// <param name="hasCommonNames">Whether it has a member <c>credentialType</c> or <c>nickname</c>.</param>
    /// <param name="type">Its type, or null.</param>
    public void ObserveCredential(bool hasPageNames, bool hasCommonNames, string? type)
    {
        if (hasPageNames != hasCommonNames)
        {
            Interlocked.CompareExchange(
                ref _names, (int)(hasPageNames ? MemberNames.EndpointPage : MemberNames.Common), comparand: -1);
        }

        if (!string.IsNullOrEmpty(type))
        {
            Interlocked.CompareExchange(ref _types, GuideTypes.Contains(type!) ? 1 : -1, comparand: 0);
        }
    }

    /// <summary>Learns from a creation that the server accepted.</summary>
    public void AcceptNames(MemberNames names) => Volatile.Write(ref _names, (int)names);
}
