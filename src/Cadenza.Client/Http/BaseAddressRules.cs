using System;

namespace Cadenza.Client.Http;

/// <summary>Validates the addresses to which tokens and keys may be sent.</summary>
internal static class BaseAddressRules
{
    private const string ApiRoot = "/api/v3";

    /// <summary>
    /// Validates a base address. Returns the error as a predicate, such as "is missing", or null if the address is
    /// valid.
    /// </summary>
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

        // Checked before the rest and never quoted, because it may be a password.
        if (address.UserInfo.Length > 0)
        {
            return "must not contain a user name or password";
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return "must not contain a query or a fragment";
        }

        return address.Scheme == "http" && !address.IsLoopback
            ? "must use https: http is allowed only for the local machine (127.0.0.1, localhost, [::1])"
            : null;
    }

    /// <summary>Removes <c>/api/v3</c>, if specified, and ends the address with one slash.</summary>
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
