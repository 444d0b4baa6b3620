using System;
using Cadenza.Client.Errors;

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
            return Messages.AddressIsMissing;
        }

        if (!address.IsAbsoluteUri || address.Scheme is not ("https" or "http") || address.Host.Length == 0)
        {
            return Messages.AddressIsNoUrl;
        }

        // Checked before the rest and never quoted, because it may be a password.
        if (address.UserInfo.Length > 0)
        {
            return Messages.AddressHasUser;
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return Messages.AddressHasQuery;
        }

        return address.Scheme == "http" && !address.IsLoopback
            ? Messages.AddressIsNotSecure
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
