using System;
using System.Management.Automation;
using System.Security;
using Cadenza.Client.Security;

namespace CadenzaPS.Parameters;

/// <summary>The API keys of the command line, or of one row.</summary>
/// <param name="Login">The value of ApiCredential.</param>
/// <param name="ApiKey">The value of ApiKey.</param>
/// <param name="ApiSecret">The value of ApiSecret.</param>
/// <param name="ApiPassphrase">The value of ApiPassphrase.</param>
internal sealed record KeyValues(
    PSCredential? Login, SecureString? ApiKey, SecureString? ApiSecret, SecureString? ApiPassphrase)
{
    private static readonly string[] Names =
        [nameof(ApiKeyInput.ApiCredential), nameof(ApiKey), nameof(ApiSecret), nameof(ApiPassphrase)];

    /// <summary>Whether there are any values. An empty field of a row does not count.</summary>
    public bool IsAny =>
        Login is not null || IsSpecified(ApiKey) || IsSpecified(ApiSecret) || IsSpecified(ApiPassphrase);

    /// <summary>Reads the fields of a row.</summary>
    public static KeyValues OfRow(PSObject? row) => new(
        LoginTransformationAttribute.Read(PipelineItem.ValueOf(row, nameof(ApiKeyInput.ApiCredential))),
        SecretTransformationAttribute.Read(PipelineItem.ValueOf(row, nameof(ApiKey))),
        SecretTransformationAttribute.Read(PipelineItem.ValueOf(row, nameof(ApiSecret))),
        SecretTransformationAttribute.Read(PipelineItem.ValueOf(row, nameof(ApiPassphrase))));

    /// <summary>Returns the name of a field that code computes and fails to, or null.</summary>
    public static string? FindUnreadable(PSObject? row) =>
        Array.Find(Names, name => !PipelineItem.TryGetValue(row, name, out _));

    /// <summary>Returns a copy in which number literals of the command line have their text.</summary>
    public KeyValues WithLiterals(PSCmdlet cmdlet) => this with
    {
        ApiKey = WithLiteral(cmdlet, nameof(ApiKey), ApiKey),
        ApiSecret = WithLiteral(cmdlet, nameof(ApiSecret), ApiSecret),
        ApiPassphrase = WithLiteral(cmdlet, nameof(ApiPassphrase), ApiPassphrase),
    };

    /// <summary>Returns the secret with the text of a number literal on the command line.</summary>
    public static SecureString? WithLiteral(PSCmdlet cmdlet, string parameter, SecureString? value) =>
        UnusableArgument.Find(value)?.Number is object number
        && CommandLineLiteral.Find(cmdlet, parameter, number) is string text
            ? SecretText.Wrap(text.AsSpan())
            : value;

    private static bool IsSpecified(SecureString? value) =>
        value is { Length: > 0 } || UnusableArgument.Find(value) is not null;
}
