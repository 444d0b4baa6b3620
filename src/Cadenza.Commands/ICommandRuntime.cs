using Cadenza.Client.Http;

namespace Cadenza.Commands;

/// <summary>
/// All that the commands need from whoever runs them: a cmdlet in PowerShell, a recorder in a test, a console in the demo of a machine
/// without PowerShell. Called on the caller's own thread only.
/// </summary>
public interface ICommandRuntime
{
    /// <summary>Whether <see cref="WriteTrace"/> is wanted: where nobody sees it, it costs time for nothing.</summary>
    bool WantsTrace { get; }

    /// <summary>
    /// Whether the first error ends the caller's world, so that whatever else there is to say has to be said before it.
    /// </summary>
    bool StopsAtFirstError { get; }

    /// <summary>Whether <see cref="ShouldProcess"/> shows its question to somebody, so that it is worth finding out what there is to know for it.</summary>
    bool ShowsQuestions { get; }

    /// <summary>Whether headers and masked bodies are wanted with <see cref="WriteTrace"/>.</summary>
    bool WantsDetail { get; }

    /// <summary>Asks whether the action shall be done to the target; false also where it is only to be shown.</summary>
    bool ShouldProcess(string target, string action);

    /// <summary>Gives out a result.</summary>
    void WriteObject(object item);

    /// <summary>Gives out an error. Throws where <see cref="CadenzaErrorReport.FailsEveryItem"/>, if the caller's world ends commands so.</summary>
    void WriteError(CadenzaErrorReport error);

    /// <summary>Gives out a warning.</summary>
    void WriteWarning(string message);

    /// <summary>Tells what only those want to know who asked for more.</summary>
    void WriteVerbose(string message);

    /// <summary>Tells of an attempt over the wire; only where <see cref="WantsTrace"/>.</summary>
    void WriteTrace(RequestTrace trace);

    /// <summary>Tells of headers and bodies, masked; only where <see cref="WantsDetail"/>.</summary>
    void WriteDebug(string detail);

    /// <summary>Said about twice a second while an answer is awaited: a sign of life may be given.</summary>
    void WriteProgress();
}
