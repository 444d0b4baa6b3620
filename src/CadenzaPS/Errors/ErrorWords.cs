using System.Management.Automation;
using Cadenza.Client.Errors;

namespace CadenzaPS.Errors;

/// <summary>
/// The properties of exceptions that scripts compare, as words. CadenzaPS.types.ps1xml puts them in the place of the
/// enumerations, which are numbers after Export-Clixml, ConvertTo-Json or a job.
/// </summary>
public static class ErrorWords
{
    /// <summary>The kind of error.</summary>
    /// <param name="exception">A <see cref="CadenzaException"/>.</param>
    public static string? Kind(PSObject exception) => (exception?.BaseObject as CadenzaException)?.Kind.ToString();

    /// <summary>What is known about the effect of the request.</summary>
    /// <param name="exception">A <see cref="CadenzaException"/>.</param>
    public static string? Outcome(PSObject exception) =>
        (exception?.BaseObject as CadenzaException)?.Outcome.ToString();

    /// <summary>The category of an error that was deserialized without it.</summary>
    /// <param name="record">A deserialized error record.</param>
    public static PSObject? CategoryInfo(PSObject record)
    {
        if (record is null)
        {
            return null;
        }

        var category = new PSObject();
        foreach (string name in new[] { "Category", "Activity", "Reason", "TargetName", "TargetType" })
        {
            category.Properties.Add(new PSNoteProperty(name, record.Properties["ErrorCategory_" + name]?.Value));
        }

        return category;
    }
}
