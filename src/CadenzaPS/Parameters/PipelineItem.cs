using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// Reads which credential a pipeline object identifies. Parameter binding alone would convert an object without an id
/// to text and use the text as an id.
/// </summary>
internal static class PipelineItem
{
    /// <summary>
    /// Reads an id from a string, or CredentialId (or Id), Venue and Nickname from an object or a dictionary.
    /// </summary>
    /// <param name="input">The object.</param>
    /// <param name="number">The one-based position in the pipeline, which identifies an object without an id.</param>
    public static CredentialReference Read(PSObject? input, long number = 1)
    {
        object? value = input?.BaseObject;
        return value switch
        {
            null => new CredentialReference(null, Origin: Describe(value, number)),
            string line when IsLine(line) => new CredentialReference(null, Origin: Describe(value, number)),
            string id => new CredentialReference(CredentialIdRules.Normalize(id)),
            Guid id => new CredentialReference(id.ToString("D")),
            CadenzaCredential credential => CredentialReference.Of(credential),
            _ => new CredentialReference(
                CredentialIdRules.Normalize(Member(input!, "CredentialId") ?? Member(input!, "Id")),
                Member(input!, "Venue"),
                Member(input!, "Nickname"),
                Describe(value, number))
            {
                Server = Member(input!, "Server"),
                Status = Member(input!, "Status"),
                UpdatedAt = ReadTime(ValueOf(input, "UpdatedAt")),
            },
        };
    }

    /// <summary>
    /// Returns the text of UpdatedAt if it is neither a date object nor text in the form of ISO 8601, so that it cannot
    /// be compared.
    /// </summary>
    public static string? FindTimeFault(PSObject? input)
    {
        object? value = input?.BaseObject is null or string or Guid or CadenzaCredential
            ? null
            : ArgumentText.Unwrap(ValueOf(input, "UpdatedAt"));
        string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return string.IsNullOrWhiteSpace(text) || ReadTime(value) is not null ? null : text;
    }

    /// <summary>Whether the object has a member with this name that is not empty.</summary>
    public static bool HasMember(PSObject? input, string name) =>
        ArgumentText.Unwrap(ValueOf(input, name)) is not (null or "");

    /// <summary>Returns why an item has no id as text, as a predicate, or null.</summary>
    public static string? FindIdFault(PSObject? input)
    {
        if (input?.BaseObject is string text && IsLine(text))
        {
            return InputMessages.SeveralValues;
        }

        object? value = input?.BaseObject is PSCustomObject or IDictionary
            ? ValueOf(input, "CredentialId") ?? ValueOf(input, "Id")
            : null;
        return ArgumentText.Unwrap(value) is object id && (ArgumentText.IsNumber(id) || id is DateTime or bool)
            ? UnusableArgument.Describe(id)
            : null;
    }

    /// <summary>Returns the value of a property or of an entry, or null if there is none.</summary>
    public static object? ValueOf(PSObject? input, string name) =>
        TryGetValue(input, name, out object? value) ? value : null;

    /// <summary>
    /// Gets the value of a property or of an entry, or null if there is none. Returns false if code computes it and
    /// fails: its exception may quote other values of the row.
    /// </summary>
    public static bool TryGetValue(PSObject? input, string name, out object? value)
    {
        value = null;
        try
        {
            value = input?.BaseObject is IDictionary dictionary
                ? FindKey(dictionary, name)
                : input?.Properties[name]?.Value;
            return true;
        }
        catch (GetValueException)
        {
            return false;
        }
    }

    /// <summary>Names an item that has no id.</summary>
    private static string Describe(object? value, long number) =>
        FormattableString.Invariant($"pipeline item {number} ({value?.GetType().Name ?? "null"})");

    /// <summary>Whether a text is a line of a file with columns. It can contain keys, so it is never shown.</summary>
    private static bool IsLine(string text) => text.IndexOfAny([',', ';', '\t', '|']) >= 0;

    private static DateTimeOffset? ReadTime(object? value) => ArgumentText.Unwrap(value) switch
    {
        DateTimeOffset time => time,
        DateTime time => new DateTimeOffset(time),
        string text => IsoTime.Parse(text.Trim()),
        _ => null,
    };

    private static string? Member(PSObject input, string name)
    {
        object? plain = ArgumentText.Unwrap(ValueOf(input, name));

        // Not a number: the Id of a process is not an id of a credential.
        return plain as string ?? (plain is Guid id ? id.ToString("D") : null);
    }

    private static object? FindKey(IDictionary dictionary, string name)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            if (name.Equals(entry.Key as string, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }

        return null;
    }
}
