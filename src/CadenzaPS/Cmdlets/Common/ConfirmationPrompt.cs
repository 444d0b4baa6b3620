using System.Management.Automation;
using Cadenza.Client.Errors;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// Asks for confirmation as PowerShell does, considering -Force and sessions that are not interactive.
/// </summary>
internal sealed class ConfirmationPrompt(CadenzaCmdlet cmdlet, ConfirmImpact impact, bool force)
{
    /// <summary>Whether PowerShell prompts, or shows with -WhatIf what would happen.</summary>
    public bool IsShown => IsWhatIf || (cmdlet.FindSwitch("Confirm") ?? (!force && IsRequiredByPreference));

    /// <summary>Whether the command shows only what would happen.</summary>
    public bool IsWhatIf =>
        cmdlet.FindSwitch("WhatIf") ?? LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    private bool IsRequiredByPreference =>
        LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference"), out ConfirmImpact preference)
        && preference != ConfirmImpact.None
        && preference <= impact;

    /// <summary>
    /// Asks for confirmation of one change. -Force suppresses the prompt, but not with -Confirm or -WhatIf.
    /// </summary>
    public bool Confirm(string target, string action)
    {
        if (!force || cmdlet.FindSwitch("Confirm") is true || IsWhatIf)
        {
            return Ask(target, action);
        }

        cmdlet.Runtime.WriteVerbose(InputMessages.NotConfirmed(action, target));
        return true;
    }

    private bool Ask(string target, string action)
    {
        try
        {
            return cmdlet.ShouldProcess(target, action);
        }
        catch (PSInvalidOperationException)
        {
            // PowerShell reports that it cannot prompt, but not what to do about it.
            cmdlet.Report(CadenzaErrorKind.ConfirmationImpossible, InputMessages.CannotPrompt(target, action));
            throw;
        }
    }
}
