using System;
using System.Management.Automation;
using Cadenza.Client.Errors;
using CadenzaPS.Errors;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>How long a command waits until a change that the server accepted is complete.</summary>
internal static class CompletionWait
{
    /// <summary>The minimum of -WaitTimeoutSec.</summary>
    public const double MinSeconds = 1;

    /// <summary>The maximum of -WaitTimeoutSec: a week.</summary>
    public const double MaxSeconds = 604_800;

    /// <summary>
    /// Returns the time of -NoWait or -WaitTimeoutSec; null without both. Ends the command if both are specified.
    /// </summary>
    public static TimeSpan? Read(CadenzaCmdlet cmdlet, SwitchParameter noWait, double? seconds)
    {
        if (noWait && seconds is not null)
        {
            cmdlet.Report(CadenzaErrorKind.InvalidParameter, InputMessages.NoWaitAndTimeout);
        }

        return noWait ? TimeSpan.Zero : seconds is double time ? TimeSpan.FromSeconds(time) : null;
    }
}
