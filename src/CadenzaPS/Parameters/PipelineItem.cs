using System;
using System.Collections;
using System.Management.Automation;
using Cadenza.Client.Models;

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
        string origin = FormattableString.Invariant($"pipeline item {number} ({value?.GetType().Name ?? "null"})");
        return value switch
        {
            null => new CredentialReference(null, Origin: origin),
            string id => new CredentialReference(id),
            Guid id => new CredentialReference(id.ToString("D")),
            CadenzaCredential credential =>
                new CredentialReference(credential.CredentialId, credential.Venue, credential.Nickname),
            _ => new CredentialReference(
                Member(input!, "CredentialId") ?? Member(input!, "Id"),
                Member(input!, "Venue"),
                Member(input!, "Nickname"),
                origin),
        };
    }

    /// <summary>Whether the object has a member with this name that is not empty.</summary>
    public static bool HasMember(PSObject? input, string name) =>
        input is not null && ValueOf(input, name) is not (null or "");

    /// <summary>Returns the status of the credential; null if the object does not have one.</summary>
    public static string? StatusOf(PSObject? input) =>
        input?.BaseObject is null or string or Guid ? null : Member(input, "Status");

    private static object? ValueOf(PSObject input, string name) =>
        input.BaseObject is IDictionary dictionary ? FindKey(dictionary, name) : input.Properties[name]?.Value;

    private static string? Member(PSObject input, string name)
    {
        object? value = ValueOf(input, name);
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;

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
