using System.Management.Automation;
using Cadenza.Commands;

namespace CadenzaPS.Errors;

/// <summary>Converts errors to the records that PowerShell writes.</summary>
internal static class ErrorRecords
{
    /// <summary>Creates the record of an error.</summary>
    public static ErrorRecord From(CadenzaErrorReport error)
    {
        var guidance = ErrorGuidance.For(error.Kind);
        return new ErrorRecord(error.Exception, error.Id, guidance.Category, error.Target)
        {
            ErrorDetails = new ErrorDetails(error.Message)
            {
                RecommendedAction = guidance.RecommendedActionFor(error.Exception.Outcome, error.Target),
            },
        };
    }
}
