using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Paging;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>The credential calls as requests. Names are the OpenAPI text's; where the dialects differ, both are said here.</summary>
internal static class CredentialRequests
{
    private const string Root = "/api/v3/credential/";

    /// <summary>
    /// Lists, with the filters as hints: the server may know them by these names or not at all, so the caller filters again.
    /// </summary>
    public static ApiRequest List(ListHints hints, PageRequest page)
    {
        var query = new StringBuilder();
        QueryString.Append(query, "credentialType", hints.CredentialType);
        QueryString.Append(query, "credentialStatus", hints.Status);
        foreach (string id in hints.CredentialIds)
        {
            QueryString.Append(query, "credentialIds", id);
        }

        page.AppendTo(query);
        return ApiRequest.Read(Root + "list" + query);
    }

    /// <summary>Lists trading accounts.</summary>
    public static ApiRequest ListAccounts(PageRequest page)
    {
        var query = new StringBuilder();
        page.AppendTo(query);
        return ApiRequest.Read("/api/v3/tradingAccount/list" + query);
    }

    /// <summary>Sets new keys; the old ones stop working at once. The same keys set twice end in the same state.</summary>
    public static ApiRequest Rotate(string credentialId, ApiKeySet keys, RetryClass resend) =>
        ApiRequest.Post(Root + "rotate", resend, writer =>
        {
            writer.WriteString("credentialId", credentialId);
            WriteKeys(writer, keys);
        }, keys.All);

    /// <summary>Revokes for good. Sent twice, the second is refused with errno -130001 and the state is the same.</summary>
    public static ApiRequest Revoke(string credentialId, RetryClass resend) =>
        ApiRequest.Post(Root + "revoke", resend, writer => writer.WriteString("credentialId", credentialId));

    /// <summary>
    /// Creates. The dialects name the nickname and the type differently; both are said, since a server that knows only one of them
    /// would create a credential without a name. Sent twice, it makes two.
    /// </summary>
    public static ApiRequest Create(NewCredential wanted, RetryClass resend) =>
        ApiRequest.Post(Root + "create", resend, writer =>
        {
            writer.WriteString("venue", wanted.Venue);
            writer.WriteString("credentialType", wanted.CredentialType);
            writer.WriteString("type", wanted.CredentialType);
            if (!string.IsNullOrEmpty(wanted.Nickname))
            {
                writer.WriteString("nickname", wanted.Nickname);
                writer.WriteString("name", wanted.Nickname);
            }

            WriteKeys(writer, wanted.Keys);
        }, wanted.Keys.All);

    /// <summary>Verifies, by the OpenAPI text's member. It changes nothing but the status that the exchange's answer leads to.</summary>
    public static ApiRequest Verify(params IReadOnlyList<string> credentialIds) =>
        ApiRequest.Post(Root + "verify", RetryClass.Safe, writer =>
        {
            writer.WriteStartArray("credentialIds");
            foreach (string id in credentialIds)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
        });

    /// <summary>Verifies, by the guide's member.</summary>
    public static ApiRequest VerifyByGuide(string credentialId) =>
        ApiRequest.Post(Root + "verify", RetryClass.Safe, writer => writer.WriteString("credentialId", credentialId));

    private static void WriteKeys(Utf8JsonWriter writer, ApiKeySet keys)
    {
        writer.WriteSecret("apiKey", keys.ApiKey);
        writer.WriteSecret("apiSecret", keys.ApiSecret);
        if (keys.ApiPassphrase is not null)
        {
            writer.WriteSecret("apiPassphrase", keys.ApiPassphrase);
        }
    }
}
