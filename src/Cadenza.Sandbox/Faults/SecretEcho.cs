using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using Cadenza.Sandbox.Http;

namespace Cadenza.Sandbox.Faults;

/// <summary>An error message that quotes the secret of its request, as careless servers do.</summary>
internal static class SecretEcho
{
    private static readonly string[] SecretMembers = ["apiSecret", "password", "refreshToken"];

    public static ApiResponse Answer(FaultContext context)
    {
        string secret = FindSecret(context.Call);
        SandboxEchoForm form = context.Rule.EchoForm;
        ApiError error = ApiErrors.InvalidArgument("The value " + Quote(secret, form) + " is not valid");
        error.EscapesMessage = form == SandboxEchoForm.JsonEscaped;
        return Envelope.Failure(error, context.Call);
    }

    private static string FindSecret(ApiCall call)
    {
        try
        {
            using var body = RequestBody.Parse(call);
            foreach (string member in SecretMembers)
            {
                if (body.Optional(member) is { } secret)
                {
                    return secret;
                }
            }
        }
        catch (ApiErrorException)
        {
            // A request without a readable body has no secret in it.
        }

        return "";
    }

    private static string Quote(string secret, SandboxEchoForm form) => form switch
    {
        SandboxEchoForm.Trimmed => secret.Trim(),
        SandboxEchoForm.OneLine => secret.Replace("\r\n", " ").Replace('\n', ' ').Replace('\r', ' ').Trim(),
        SandboxEchoForm.EscapedTwice => JsonSerializer.Serialize(secret),
        SandboxEchoForm.UrlEncoded => Uri.EscapeDataString(secret),
        SandboxEchoForm.Base64 => ToBase64(secret),
        SandboxEchoForm.FirstHalf => secret.Substring(0, secret.Length / 2),
        SandboxEchoForm.SecondHalf => secret.Substring(secret.Length / 2),
        SandboxEchoForm.JoinedLines => secret.Replace("\r", "").Replace("\n", ""),
        SandboxEchoForm.UpperCase => secret.ToUpperInvariant(),
        SandboxEchoForm.FormEncoded => FormEncode(secret),
        SandboxEchoForm.HtmlEscaped => WebUtility.HtmlEncode(secret),
        SandboxEchoForm.Base64Url => ToBase64(secret).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        SandboxEchoForm.WithinBase64 => ToBase64("secret=" + secret + ";"),
        SandboxEchoForm.Hexadecimal => string.Concat(
            Encoding.UTF8.GetBytes(secret).Select(static b => b.ToString("x2", CultureInfo.InvariantCulture))),
        _ => secret,
    };

    private static string ToBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string FormEncode(string text)
    {
        var encoded = new StringBuilder(WebUtility.UrlEncode(text));
        for (int i = 0; i + 2 < encoded.Length; i++)
        {
            if (encoded[i] == '%')
            {
                encoded[i + 1] = char.ToLowerInvariant(encoded[i + 1]);
                encoded[i + 2] = char.ToLowerInvariant(encoded[i + 2]);
            }
        }

        return encoded.ToString();
    }
}
