using Cadenza.Client.Http;

namespace Cadenza.Commands;

/// <summary>
/// The environment that a command runs in: a cmdlet in PowerShell, a recorder in a test, or a console in the demo. Its
/// members are called on the thread of the caller only.
/// </summary>
internal interface ICommandRuntime
{
    /// <summary>Whether the output of <see cref="WriteTrace"/> is shown. If not, no traces are created.</summary>
    bool WantsTrace { get; }

    /// <summary>
    /// Whether the first error stops the caller, as with <c>-ErrorAction Stop</c>. All other output must be written
    /// before it.
    /// </summary>
    bool StopsAtFirstError { get; }

    /// <summary>
    /// Whether <see cref="ShouldProcess"/> shows its text, so that details for it are worth a request.
    /// </summary>
    bool ShowsQuestions { get; }

    /// <summary>Whether the output of <see cref="WriteDebug"/> is shown.</summary>
    bool WantsDetail { get; }

    /// <summary>Asks for confirmation. Returns false if the action was declined, or under -WhatIf.</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>Writes a result.</summary>
    void WriteObject(object item);

    /// <summary>Writes an error. In PowerShell, throws if <see cref="CadenzaErrorReport.FailsEveryItem"/>.</summary>
    void WriteError(CadenzaErrorReport error);

    /// <summary>Writes a warning.</summary>
    void WriteWarning(string message);

    /// <summary>Writes a verbose message.</summary>
    void WriteVerbose(string message);

    /// <summary>Writes the trace of an attempt. Called only if <see cref="WantsTrace"/>.</summary>
    void WriteTrace(RequestTrace trace);

    /// <summary>Writes headers and bodies with masked secrets. Called only if <see cref="WantsDetail"/>.</summary>
    void WriteDebug(string detail);

    /// <summary>Sets the text that progress shows instead of the number of results; null for the number.</summary>
    void SetProgressText(string? text);

    /// <summary>Called about twice a second during a wait, so that progress can be shown.</summary>
    void WriteProgress();
}
