using System;
using System.Management.Automation;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// Says which connection is in use. It is a record of the information stream, which a prompt shows and a script does
/// not.
/// </summary>
internal static class ConnectionNotice
{
    /// <summary>PowerShell shows a record with this tag, as it does with Write-Host.</summary>
    private const string ShownTag = "PSHOST";
    private const string Tag = "Cadenza";

    /// <summary>Writes the notice.</summary>
    public static void Write(PSCmdlet cmdlet, string text)
    {
        string action = cmdlet.FindAction("Information");
        bool isSilent = Is(action, nameof(ActionPreference.SilentlyContinue));

        // Stop and Inquire would end a command that has succeeded.
        if (isSilent || Is(action, nameof(ActionPreference.Continue)))
        {
            bool isShown = isSilent && !cmdlet.IsBound("InformationAction") && IsPrompt(cmdlet.Host.Name);
            cmdlet.WriteInformation(text, isShown ? [Tag, ShownTag] : [Tag]);
        }
    }

    /// <summary>Whether a person sees what is written to the host.</summary>
    private static bool IsPrompt(string host) => host switch
    {
        "ConsoleHost" => Environment.UserInteractive && !Console.IsOutputRedirected && !IsNonInteractive,
        "Visual Studio Code Host" or "Windows PowerShell ISE Host" => true,
        _ => false,
    };

    /// <summary>PowerShell accepts abbreviations of -NonInteractive, and no property shows that it was used.</summary>
    private static bool IsNonInteractive =>
        Array.Exists(Environment.GetCommandLineArgs(), IsNonInteractiveSwitch);

    private static bool IsNonInteractiveSwitch(string argument)
    {
        string name = argument.TrimStart('-', '/');
        return name.Length >= 4 && name.Length < argument.Length
            && "noninteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Is(string action, string name) => action.Equals(name, StringComparison.OrdinalIgnoreCase);
}
