using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>Formats headers and bodies for debug output, with secrets masked.</summary>
internal static class WireDetail
{
    public static string OfRequest(
        ApiRequest request, HttpRequestMessage message, bool hasToken, SecretRedactor redactor)
    {
        var text = new StringBuilder();
        text.Append("> ").Append(request.Method).Append(' ').Append(redactor.Redact(request.Path));
        if (hasToken)
        {
            text.Append("\n> Authorization: Bearer ").Append(SecretMask.Masked);
        }

        if (message.Content is SecretContent content)
        {
            text.Append("\n> Content-Type: ").Append(content.Headers.ContentType)
                .Append("\n> ").Append(MaskedJson.Format(content.Span, redactor));
        }

        return text.ToString();
    }

    public static string OfResponse(ApiResponse response)
    {
        var text = new StringBuilder();
        text.Append("< HTTP ").Append(response.Status);
        AppendHeaders(text, response.Message.Headers, response.Redactor);
        if (response.Message.Content is not null)
        {
            AppendHeaders(text, response.Message.Content.Headers, response.Redactor);
        }

        return text.ToString();
    }

    /// <summary>Formats a small body. Lists are not formatted, because they are read as they arrive.</summary>
    public static string OfBody(BufferedBody body, SecretRedactor redactor) =>
        "< " + MaskedJson.Format(body.Span, redactor);

    private static void AppendHeaders(StringBuilder text, HttpHeaders headers, SecretRedactor redactor)
    {
        foreach (KeyValuePair<string, IEnumerable<string>> header in headers)
        {
            bool isSecret = SecretMask.IsSecretName(header.Key)
                || header.Key.IndexOf("Cookie", StringComparison.OrdinalIgnoreCase) >= 0;
            string value = isSecret ? SecretMask.Masked : redactor.RedactMessage(string.Join(", ", header.Value)) ?? "";
            text.Append("\n< ").Append(redactor.Redact(header.Key)).Append(": ").Append(value);
        }
    }
}
