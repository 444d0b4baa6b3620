using System;
using System.Collections;
using System.Management.Automation;
using Cadenza.Client.Models;

namespace CadenzaPS.Parameters;

/// <summary>
/// Reads which credential a pipeline object means. Not left to parameter binding alone: that would turn any object without an id
/// into text and take the text for one.
/// </summary>
internal static class PipelineItem
{
    /// <summary>Reads an id in a string, or the members CredentialId (or Id), Venue and Nickname of an object or a dictionary.</summary>
    /// <param name="input">The object.</param>
    /// <param name="number">Which object of the pipeline it is, from 1: said of one that has no id.</param>
    public static CredentialReference Read(PSObject? input, long number = 1)
    {
        object? value = input?.BaseObject;
        string origin = FormattableString.Invariant($"pipeline item {number} ({value?.GetType().Name ?? "null"})");
        return value switch
        {
            null => new CredentialReference(null, Origin: origin),
            string id => new CredentialReference(id),
            Guid id => new CredentialReference(id.ToString("D")),
            CadenzaCredential credential => new CredentialReference(credential.CredentialId, credential.Venue, credential.Nickname),
            _ => new CredentialReference(
                Member(input!, "CredentialId") ?? Member(input!, "Id"),
                Member(input!, "Venue"),
                Member(input!, "Nickname"),
                origin),
        };
    }

    /// <summary>Whether the object brings a member of this name that is not empty.</summary>
    public static bool HasMember(PSObject? input, string name) => input is not null && ValueOf(input, name) is not (null or "");

    /// <summary>The status that the object tells of its credential; null where it tells none.</summary>
    public static string? StatusOf(PSObject? input) => input?.BaseObject is null or string or Guid ? null : Member(input, "Status");

    private static object? ValueOf(PSObject input, string name) =>
        input.BaseObject is IDictionary dictionary ? FindKey(dictionary, name) : input.Properties[name]?.Value;

    private static string? Member(PSObject input, string name)
    {
        object? value = ValueOf(input, name);
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;

        // No numbers: a process has an Id, too.
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
