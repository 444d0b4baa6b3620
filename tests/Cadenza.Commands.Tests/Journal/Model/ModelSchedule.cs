namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>A system and what happens in it.</summary>
/// <param name="Commands">What happens, in this order.</param>
/// <param name="Accepted">How many changes of each kind each server only accepts and carries out later.</param>
/// <param name="UsesDisk">Whether lines are flushed to the disk, which takes long.</param>
internal sealed record ModelSchedule(IReadOnlyList<ModelCommand> Commands, int Accepted, bool UsesDisk)
{
    /// <summary>At the end, processes without a fault complete all kinds of changes that were begun.</summary>
    public IEnumerable<ModelCommand> LastCommands => Commands
        .Concat(Commands.OfType<RunProcess>().SelectMany(static run => run.Fault.Others))
        .OfType<RunProcess>()
        .Select(static run => (run.Server, run.Action))
        .Distinct()
        .Select(static change => new RunProcess(
            change.Server, change.Action, [.. Enumerable.Range(0, ModelServer.ItemsOfAction)], ModelFault.None));

    public override string ToString() =>
        $"The servers accept the first {Accepted} changes of each kind and carry them out later.\n"
        + string.Join("\n", Commands);
}
