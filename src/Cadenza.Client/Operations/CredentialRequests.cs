using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Paging;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>Creates the requests of the credential API, with the names of the OpenAPI document.</summary>
internal static class CredentialRequests
{
    private const string Root = "/api/v3/credential/";

    /// <summary>
    /// Lists credentials, with filters as hints. The server may not support them, so the caller also filters.
    /// </summary>
    public static ApiRequest List(ListHints hints, PageRequest page)
    {
        var query = new StringBuilder();
        QueryString.Append(query, "credentialType", hints.CredentialType);
        QueryString.Append(query, "credentialStatus", hints.Status);
        if (hints.CredentialIds.Count > 0)
        {
            AppendIds(query, hints.CredentialIds);
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

    /// <summary>Sets new keys. The old ones stop working immediately. Sending it twice has the same effect.</summary>
    public static ApiRequest Rotate(string credentialId, ApiKeySet keys, RetryClass resend) =>
        ApiRequest.Post(ApiOperation.Rotate, Root + "rotate", resend, writer =>
        {
            writer.WriteString("credentialId", credentialId);
            WriteKeys(writer, keys);
        }, keys.All);

    /// <summary>Revokes permanently. If it is sent twice, the server rejects the second with errno -130001.</summary>
    public static ApiRequest Revoke(string credentialId, RetryClass resend) =>
        ApiRequest.Post(
            ApiOperation.Revoke,
            Root + "revoke",
            resend,
            writer => writer.WriteString("credentialId", credentialId));

    /// <summary>
    /// Creates a credential. Sending it twice creates two. The dialects name the nickname and the type differently.
    /// </summary>
    /// <param name="newCredential">The credential.</param>
    /// <param name="names">The names of the members.</param>
    /// <param name="type">The type, or null to send none.</param>
    /// <param name="resend">Whether the request may be retried.</param>
    public static ApiRequest Create(NewCredential newCredential, MemberNames names, string? type, RetryClass resend) =>
        ApiRequest.Post(ApiOperation.Create, Root + "create", resend, writer =>
        {
            writer.WriteString("venue", newCredential.Venue);
            WriteMember(writer, names, "credentialType", "type", type);
            WriteMember(writer, names, "nickname", "name", newCredential.Nickname);
            WriteKeys(writer, newCredential.Keys);
        }, newCredential.Keys.All);

    /// <summary>
    /// Verifies credentials, in the form of the OpenAPI document. It changes at most the status of the credentials.
    /// </summary>
    public static ApiRequest Verify(params IReadOnlyList<string> credentialIds) =>
        ApiRequest.Post(ApiOperation.Verify, Root + "verify", RetryClass.Safe, writer =>
        {
            writer.WriteStartArray("credentialIds");
            foreach (string id in credentialIds)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
        });

    /// <summary>Verifies a credential, in the form of the API guide.</summary>
    public static ApiRequest VerifyByGuide(string credentialId) =>
        ApiRequest.Post(
            ApiOperation.Verify,
            Root + "verify",
            RetryClass.Safe,
            writer => writer.WriteString("credentialId", credentialId));

    private static void AppendIds(StringBuilder query, IReadOnlyList<string> ids)
    {
        foreach (string id in ids)
        {
            QueryString.Append(query, "credentialIds", id);
        }
    }

    private static void WriteMember(
        Utf8JsonWriter writer, MemberNames names, string commonName, string pageName, string? value)
    {
        if (!string.IsNullOrEmpty(value) && names != MemberNames.EndpointPage)
        {
            writer.WriteString(commonName, value);
        }

        if (!string.IsNullOrEmpty(value) && names != MemberNames.Common)
        {
            writer.WriteString(pageName, value);
        }
    }

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
