using System.Management.Automation;
using Cadenza.Commands;

namespace CadenzaPS.Errors;

/// <summary>Converts errors to the records that PowerShell writes.</summary>
internal static class ErrorRecords
{
    /// <summary>
    /// Creates the record of an error. CategoryInfo.Reason is the outcome, because only the category, the id and the
    /// texts of a record are left in a job or a remote session.
    /// </summary>
    public static ErrorRecord From(CadenzaErrorReport error)
    {
        var guidance = ErrorGuidance.For(error.Kind);
        var record = new ErrorRecord(error.Exception, error.Id, guidance.Category, error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message)
            {
                RecommendedAction = guidance.RecommendedActionFor(error.Exception.Outcome, error.Target),
            },
        };
        record.CategoryInfo.Reason = error.Exception.Outcome.ToString();

        // Export-Clixml and the output of a job have no CategoryInfo without this.
        var category = new PSNoteProperty(nameof(record.CategoryInfo), record.CategoryInfo);
        PSObject.AsPSObject(record).Properties.Add(category);
        return record;
    }
}
