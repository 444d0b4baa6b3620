using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using CadenzaPS.Views;

namespace CadenzaPS.Parameters;

/// <summary>
/// Converts deserialized credentials, as from Import-Clixml or Receive-Job, back to credentials. Otherwise, their times
/// would be property bags that cannot be compared. CadenzaPS.types.ps1xml registers the converter.
/// </summary>
public sealed class CredentialConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject source
        && source.TypeNames.Contains("Deserialized." + typeof(CadenzaCredential).FullName, StringComparer.Ordinal)
        && CredentialIdRules.Validate(Text(source, nameof(CadenzaCredential.CredentialId))) is null;

    /// <inheritdoc/>
    public override object ConvertFrom(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        var source = (PSObject)sourceValue;
        return new CadenzaCredential
        {
            CredentialId = Text(source, nameof(CadenzaCredential.CredentialId))!,
            Nickname = Text(source, nameof(CadenzaCredential.Nickname)),
            Venue = Text(source, nameof(CadenzaCredential.Venue)),
            CredentialType = Text(source, nameof(CadenzaCredential.CredentialType)),
            Status = Text(source, nameof(CadenzaCredential.Status)),
            Server = Text(source, nameof(CadenzaCredential.Server)),
            Identities = [.. Items(source, nameof(CadenzaCredential.Identities)).Select(static item => $"{item}")],
            MaskedApiKey = Text(source, nameof(CadenzaCredential.MaskedApiKey)),
            UserId = Text(source, nameof(CadenzaCredential.UserId)),
            CreatedAt = ViewText.ReadTime(Value(source, nameof(CadenzaCredential.CreatedAt))),
            UpdatedAt = ViewText.ReadTime(Value(source, nameof(CadenzaCredential.UpdatedAt))),
            RevokedAt = ViewText.ReadTime(Value(source, nameof(CadenzaCredential.RevokedAt))),
            AdditionalProperties = Members(source, nameof(CadenzaCredential.AdditionalProperties)),
        };
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(
        object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();

    private static object? Value(PSObject source, string name) => source.Properties[name]?.Value;

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Text(PSObject source, string name) => Plain(Value(source, name)) as string;

    private static IEnumerable<object?> Items(PSObject source, string name) =>
        Plain(Value(source, name)) is IEnumerable items and not string ? items.Cast<object?>() : [];

    private static Dictionary<string, object?> Members(PSObject source, string name)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry member in Plain(Value(source, name)) as IDictionary ?? new Hashtable())
        {
            members[$"{member.Key}"] = Plain(member.Value);
        }

        return members;
    }
}
