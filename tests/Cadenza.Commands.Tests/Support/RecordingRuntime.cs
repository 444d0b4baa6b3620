namespace Cadenza.Commands.Tests.Support;

/// <summary>A runtime that records its calls and their threads.</summary>
internal sealed class RecordingRuntime : ICommandRuntime
{
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public bool WantsTrace { get; init; } = true;

    public bool WantsDetail { get; init; }

    public bool ShowsQuestions { get; init; }

    public bool StopsAtFirstError { get; init; }

    /// <summary>Whether an error that fails every item stops the command, as a terminating error does.</summary>
    public bool StopsAtTerminatingError { get; init; }

    public bool Confirms { get; init; } = true;

    /// <summary>
    /// Called with the name of each call. A test can throw here, as PowerShell does when its pipeline stops.
    /// </summary>
    public Action<string>? OnCall { get; init; }

    public List<string> Calls { get; } = [];

    public List<object> Written { get; } = [];

    public List<CadenzaErrorReport> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<RequestTrace> Traces { get; } = [];

    public List<(string Target, string Action)> Questions { get; } = [];

    public List<int> OtherThreads { get; } = [];

    /// <summary>The names of all calls except traces, in order.</summary>
    public IEnumerable<string> Outputs => Calls.Where(static call => call != nameof(WriteTrace));

    public bool ShouldProcess(string target, string action)
    {
        Questions.Add((target, action));
        Note(nameof(ShouldProcess));
        return Confirms;
    }

    public void WriteObject(object item)
    {
        Written.Add(item);
        Note(nameof(WriteObject));
    }

    public void WriteError(CadenzaErrorReport error)
    {
        Errors.Add(error);
        Note(nameof(WriteError));
        if (StopsAtTerminatingError && error.FailsEveryItem)
        {
            throw new StoppedException();
        }
    }

    public void WriteWarning(string message)
    {
        Warnings.Add(message);
        Note(nameof(WriteWarning));
    }

    public List<string> VerboseMessages { get; } = [];

    public void WriteVerbose(string message) => VerboseMessages.Add(message);

    public void WriteTrace(RequestTrace trace)
    {
        Traces.Add(trace);
        Note(nameof(WriteTrace));
    }

    public void WriteDebug(string detail)
    {
    }

    public Action<string?>? OnProgressText { get; init; }

    public void SetProgressText(string? text) => OnProgressText?.Invoke(text);

    public void WriteProgress()
    {
    }

    private void Note(string call)
    {
        Calls.Add(call);
        if (Environment.CurrentManagedThreadId != _thread)
        {
            OtherThreads.Add(Environment.CurrentManagedThreadId);
        }

        OnCall?.Invoke(call);
    }
}
