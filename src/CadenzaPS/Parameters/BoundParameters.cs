using System;
using System.Management.Automation;

namespace CadenzaPS.Parameters;

/// <summary>Reads the parameters that a user specified, and the preference variables that apply without them.</summary>
internal static class BoundParameters
{
    /// <summary>
    /// What must not appear in InvocationInfo.BoundParameters, which every verbose, debug and error record contains.
    /// </summary>
    private static readonly string[] SecretParameters = ["InputObject", "ApiCredential"];

    /// <summary>Whether a parameter was specified.</summary>
    public static bool IsBound(this PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>
    /// Whether a parameter is a script block that PowerShell runs for each pipeline object. Before the first one, its
    /// value is of an internal type.
    /// </summary>
    public static bool IsScriptBlock(this PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value)
        && ArgumentText.Unwrap(value) is object bound
        && (bound is ScriptBlock || bound.GetType().Name == "DelayedScriptBlockArgument");

    /// <summary>The value of a switch; null if it was not specified.</summary>
    public static bool? FindSwitch(this PSCmdlet cmdlet, string parameter) =>
        cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value)
            ? LanguagePrimitives.IsTrue(value)
            : null;

    /// <summary>
    /// Whether messages of a stream are shown or captured, by -Verbose or $VerbosePreference, for example.
    /// </summary>
    public static bool WritesStream(this PSCmdlet cmdlet, string stream) =>
        cmdlet.FindSwitch(stream)
        ?? (cmdlet.GetVariableValue(stream + "Preference") is object preference
            && !IsAction(preference, nameof(ActionPreference.SilentlyContinue))
            && !IsAction(preference, "Ignore"));

    /// <summary>
    /// The action for a stream, by -InformationAction or $InformationPreference, for example. Default: Continue.
    /// </summary>
    public static string FindAction(this PSCmdlet cmdlet, string stream) =>
        (cmdlet.MyInvocation.BoundParameters.TryGetValue(stream + "Action", out object? value)
            ? value
            : cmdlet.GetVariableValue(stream + "Preference"))?.ToString() ?? nameof(ActionPreference.Continue);

    /// <summary>Whether the first error ends the command, by -ErrorAction or $ErrorActionPreference.</summary>
    public static bool StopsOnError(this PSCmdlet cmdlet)
    {
        object? action = cmdlet.MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? value)
            ? value
            : cmdlet.GetVariableValue("ErrorActionPreference");
        return action is not null && IsAction(action, nameof(ActionPreference.Stop));
    }

    /// <summary>Removes the values of parameters that may contain secrets. Their properties keep the values.</summary>
    public static void HideSecretParameters(this PSCmdlet cmdlet)
    {
        foreach (string parameter in SecretParameters)
        {
            // Null is no secret, and whether it was specified is still checked.
            if (cmdlet.MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && value is not null)
            {
                cmdlet.MyInvocation.BoundParameters.Remove(parameter);
            }
        }
    }

    private static bool IsAction(object preference, string action) =>
        string.Equals(preference.ToString(), action, StringComparison.OrdinalIgnoreCase);
}
