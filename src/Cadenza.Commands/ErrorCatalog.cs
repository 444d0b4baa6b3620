using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands;

/// <summary>The sentences of errors that do not come from changes.</summary>
public static class ErrorCatalog
{
    /// <summary>A failed question about one credential.</summary>
    public static CadenzaErrorReport ForVerification(string credentialId, string name, ApiException exception) =>
        new(exception.Kind, $"{Capitalize(name)} could not be verified: {exception.Message}", credentialId, exception);

    /// <summary>A failure that says all there is to say: of a listing, of an element of it, of a journal.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What it is about; null for nothing in particular.</param>
    public static CadenzaErrorReport ForFailure(CadenzaException exception, string? target = null) =>
        new(exception.Kind, exception.Message, target, exception);

    /// <summary>A connection that could not be made.</summary>
    public static CadenzaErrorReport ForConnection(ApiException exception, Uri baseAddress) =>
        new(exception.Kind, $"Not connected to {baseAddress.GetLeftPart(UriPartial.Authority)}: {exception.Message}", target: null, exception);

    /// <summary>Input that was refused before anything was sent.</summary>
    public static CadenzaErrorReport ForInput(CadenzaErrorKind kind, string message, string? target = null) =>
        new(kind, message, target, new InputException(kind, message));

    /// <summary>What is wrong with the id of an item that is not to be changed; null where nothing is.</summary>
    /// <param name="item">The item.</param>
    /// <param name="consequence">What follows from it, as a sentence with a space before it; empty where that needs no words.</param>
    public static CadenzaErrorReport? ValidateId(CredentialReference item, string consequence = "")
    {
        if (CredentialIdRules.Validate(item.CredentialId) is not string fault)
        {
            return null;
        }

        string message = item.CredentialId is null ? $"There is no CredentialId in {item.Origin ?? "it"}." : $"The CredentialId {fault}.";
        return ForInput(CadenzaErrorKind.InvalidCredentialId, message + consequence, item.CredentialId ?? item.Origin);
    }

    /// <summary>The text with its first letter in upper case.</summary>
    internal static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
