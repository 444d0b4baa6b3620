using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using CadenzaPS.Errors;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>Opens a file with the program that the system uses for it.</summary>
/// <param name="start">Starts a process. Tests replace it.</param>
internal sealed class DefaultBrowser(Func<ProcessStartInfo, Process?> start)
{
    /// <summary>The time in which a command that cannot open the file ends. One that can need not end.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    public DefaultBrowser()
        : this(Process.Start)
    {
    }

    /// <summary>Opens a file. Returns why it could not be opened, or null.</summary>
    public string? TryOpen(string path)
    {
        ProcessStartInfo info = CreateStartInfo(path);
        try
        {
            using Process? process = start(info);
            return process is null || info.UseShellExecute || !process.WaitForExit((int)MaxWait.TotalMilliseconds)
                || process.ExitCode == 0
                    ? null
                    : InputMessages.BrowserFailed(info.FileName, process.ExitCode);
        }
        catch (ExternalException e)
        {
            return info.UseShellExecute ? e.Message : InputMessages.NoBrowser(info.FileName);
        }
    }

#if NET
    private static bool IsWindows => OperatingSystem.IsWindows();

    private static bool IsMacOS => OperatingSystem.IsMacOS();
#else
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static bool IsMacOS => RuntimeInformation.IsOSPlatform(OSPlatform.OSX);
#endif

    private static ProcessStartInfo CreateStartInfo(string path)
    {
        if (IsWindows)
        {
            return new ProcessStartInfo(path) { UseShellExecute = true };
        }

        // .NET would start a file that is executable, and would not say that no program is set for the file.
        string command = IsMacOS ? "open" : "xdg-open";
        string argument = "\"" + path.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
        return new ProcessStartInfo(command, argument) { UseShellExecute = false };
    }
}
