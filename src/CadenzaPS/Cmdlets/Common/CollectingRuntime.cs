using System.Collections.Generic;
using Cadenza.Client.Http;
using Cadenza.Commands;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>A runtime that collects results instead of writing them.</summary>
internal sealed class CollectingRuntime(ICommandRuntime runtime) : ICommandRuntime
{
    private readonly List<object> _items = [];

    /// <summary>The results so far.</summary>
    public IReadOnlyList<object> Items => _items;

    public bool WantsTrace => runtime.WantsTrace;

    public bool StopsAtFirstError => runtime.StopsAtFirstError;

    public bool ShowsQuestions => runtime.ShowsQuestions;

    public bool WantsDetail => runtime.WantsDetail;

    public bool ShouldProcess(string target, string action) => runtime.ShouldProcess(target, action);

    public void WriteObject(object item) => _items.Add(item);

    public void WriteError(CadenzaErrorReport error) => runtime.WriteError(error);

    public void WriteWarning(string message) => runtime.WriteWarning(message);

    public void WriteVerbose(string message) => runtime.WriteVerbose(message);

    public void WriteTrace(RequestTrace trace) => runtime.WriteTrace(trace);

    public void WriteDebug(string detail) => runtime.WriteDebug(detail);

    public void SetProgressText(string? text) => runtime.SetProgressText(text);

    public void WriteProgress() => runtime.WriteProgress();
}
