using System;

namespace Cadenza.Client.Http;

/// <summary>Which addresses may be sent a token or a key.</summary>
public static class BaseAddressRules
{
    private const string ApiRoot = "/api/v3";

    /// <summary>Says what is wrong with a base address, as the rest of a sentence, or null where nothing is.</summary>
    public static string? Validate(Uri? address)
    {
        if (address is null)
        {
            return "is missing";
        }

        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
        {
            return "must be an absolute https address, such as https://cadenza.example.com";
        }

        // Checked first, and never quoted: what stands here is a password.
        if (address.UserInfo.Length > 0)
        {
            return "must not hold a user name or password";
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return "must not hold a query or a fragment";
        }

        return address.Scheme == "http" && !address.IsLoopback
            ? "must be https: http is allowed to this machine only (127.0.0.1, localhost, [::1])"
            : null;
    }

    /// <summary>The address with one slash at its end, and without the API's own root should somebody have given it.</summary>
    public static Uri Normalize(Uri address)
    {
        string text = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        if (text.EndsWith(ApiRoot, StringComparison.OrdinalIgnoreCase))
        {
            text = text.Substring(0, text.Length - ApiRoot.Length);
        }

        return new Uri(text + "/");
    }
}
