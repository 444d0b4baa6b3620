using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands;

/// <summary>Creates the errors that do not concern a change.</summary>
internal static class ErrorCatalog
{
    /// <summary>The error for a credential that could not be verified.</summary>
    public static CadenzaErrorReport ForVerification(string credentialId, string name, ApiException exception) =>
        new(
            exception.Kind,
            Messages.CouldNotVerify(Capitalize(name, credentialId), exception.Message),
            credentialId,
            exception);

    /// <summary>The error for a failure whose message needs no addition, for example of a list or a journal.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What the error is about; null for nothing in particular.</param>
    public static CadenzaErrorReport ForFailure(CadenzaException exception, string? target = null) =>
        new(exception.Kind, exception.Message, target, exception);

    /// <summary>The error for a connection that could not be opened.</summary>
    public static CadenzaErrorReport ForConnection(ApiException exception, Uri baseAddress) =>
        new(
            exception.Kind,
            Messages.NotConnected(baseAddress.GetLeftPart(UriPartial.Authority), exception.Message),
            target: null,
            exception);

    /// <summary>
    /// The error for input that is not valid. Nothing was sent. Removes the user information of URIs in the message.
    /// </summary>
    public static CadenzaErrorReport ForInput(CadenzaErrorKind kind, string message, string? target = null) =>
        new(kind, message, target, new InputException(kind, UriText.RemoveUserInfo(message)));

    /// <summary>The error that ends a command whose server cannot be reached. Nothing more was sent.</summary>
    internal static CadenzaErrorReport ForOutage()
    {
        string message = Messages.Outage(OutageDetector.Limit);
        return new CadenzaErrorReport(
            CadenzaErrorKind.ConnectionFailed,
            message,
            target: null,
            new ApiException(CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent, message))
        {
            IsForAllItems = true,
        };
    }

    /// <summary>The error that ends a command whose input was validated first and is not valid.</summary>
    internal static CadenzaErrorReport ForInvalidInput(int errors) =>
        ForInput(CadenzaErrorKind.ValidationFailed, Messages.InvalidInput(errors));

    /// <summary>
    /// Validates the id of a credential that is only read. Returns an error, or null if the id is valid.
    /// </summary>
    /// <param name="item">The credential.</param>
    /// <param name="consequence">A sentence about the consequence, with a leading space; empty for none.</param>
    public static CadenzaErrorReport? ValidateId(CredentialReference item, string consequence = "")
    {
        if (CredentialIdRules.Validate(item.CredentialId) is not string fault)
        {
            return null;
        }

        string message = item.CredentialId is null
            ? Messages.MissingId(item.Origin)
            : Messages.InvalidId(fault);
        return ForInput(CadenzaErrorKind.InvalidCredentialId, message + consequence, item.CredentialId ?? item.Origin);
    }

    /// <summary>Returns a name with its first letter in upper case, unless it begins with the id.</summary>
    internal static string Capitalize(string name, string? credentialId) =>
        credentialId is { Length: > 0 } && name.StartsWith(credentialId, StringComparison.Ordinal)
            ? name
            : char.ToUpperInvariant(name[0]) + name.Substring(1);
}
