using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using Cadenza.Client;

namespace CadenzaPS.Binding;

/// <summary>
/// Reads which credential a pipeline object means. Not left to parameter binding alone: that would turn any object without an id
/// into text and take the text for one.
/// </summary>
internal static class PipelineItem
{
    /// <summary>Reads an id in a string, or the members CredentialId (or Id), Venue and Nickname of an object or a dictionary.</summary>
    public static ChangeItem Read(PSObject? input)
    {
        object? value = input?.BaseObject;
        return value switch
        {
            null => default,
            string id => new ChangeItem(id),
            Guid id => new ChangeItem(id.ToString("D")),
            CadenzaCredential credential => new ChangeItem(credential.CredentialId, credential.Venue, credential.Nickname),
            _ => new ChangeItem(
                Member(input!, "CredentialId") ?? Member(input!, "Id"),
                Member(input!, "Venue"),
                Member(input!, "Nickname")),
        };
    }

    private static string? Member(PSObject input, string name)
    {
        object? value = input.BaseObject is IDictionary dictionary ? FindKey(dictionary, name) : input.Properties[name]?.Value;
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        return plain is string or ValueType ? Convert.ToString(plain, CultureInfo.InvariantCulture) : null;
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
