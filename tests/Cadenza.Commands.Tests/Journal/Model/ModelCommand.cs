namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>Something that happens in the test. Each list of commands is random.</summary>
internal abstract record ModelCommand
{
    /// <summary>The number of steps that the command counts as.</summary>
    public virtual int Steps => 1;
}

/// <summary>A process that changes items with the journal, and what goes wrong while it runs.</summary>
/// <param name="Server">The number of the server.</param>
/// <param name="Action">The change that it makes.</param>
/// <param name="Items">The numbers of the items that it changes.</param>
/// <param name="Fault">What goes wrong.</param>
internal sealed record RunProcess(int Server, ChangeAction Action, int[] Items, ModelFault Fault) : ModelCommand
{
    /// <summary>The maximum number of changes in flight.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>Whether all changes are validated before the first one is sent.</summary>
    public bool ValidatesFirst { get; init; }

    /// <summary>Whether it waits for changes that the server carries out later.</summary>
    public bool Waits { get; init; }

    public override int Steps => Items.Length + (Fault.Kind == FaultKind.None ? 0 : 1)
        + Fault.Others.Sum(static command => command.Steps);

    public override string ToString() =>
        $"{Action} items {string.Join(", ", Items)} of server {Server}"
        + (ThrottleLimit > 1 ? $", {ThrottleLimit} at a time" : "")
        + (ValidatesFirst ? ", validated first" : "")
        + (Waits ? ", with wait" : "")
        + (Fault.Kind == FaultKind.None ? "" : $", with {Fault}");
}

/// <summary>The clock of the machine is set forward, or back if the number is negative.</summary>
internal sealed record SetClock(int Hours) : ModelCommand
{
    public override string ToString() => $"The clock is set by {Hours} hours";
}

/// <summary>Time passes, so that the server completes the changes that it has accepted.</summary>
internal sealed record PassTime(int Minutes) : ModelCommand
{
    public override string ToString() => $"{Minutes} minutes pass";
}

/// <summary>The last bytes of the journal are lost.</summary>
internal sealed record CutJournal(int Bytes) : ModelCommand
{
    public override string ToString() => $"The last {Bytes} bytes of the journal are lost";
}

internal enum ChangeAction
{
    Revoke,
    Rotate,
    Create,
}

internal enum FaultKind
{
    None,

    // Faults of requests.
    RequestRefused,
    ServiceUnavailable,
    ResponseLost,
    CrashBeforeRequest,
    CrashAfterRequest,
    CancelBeforeRequest,
    CancelAfterRequest,
    OthersBeforeRequest,
    OthersAfterRequest,

    // Faults of lines that are written to the journal.
    DiskFull,
    FlushFails,
    CrashInWrite,
}

/// <summary>What goes wrong during a process.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="First">The number of the request, or of the write, that has the fault first, from 0.</param>
/// <param name="Count">The number of requests or writes that have it.</param>
/// <param name="Percent">How much of the bytes of a write reach the disk.</param>
/// <param name="Others">What other processes do while the request is in flight.</param>
internal sealed record ModelFault(
    FaultKind Kind, int First, int Count, int Percent, IReadOnlyList<ModelCommand> Others)
{
    public static readonly ModelFault None = new(FaultKind.None, 0, 0, 0, []);

    public bool IsOfDisk => Kind >= FaultKind.DiskFull;

    public bool HasOthers => Kind is FaultKind.OthersBeforeRequest or FaultKind.OthersAfterRequest;

    public bool Concerns(int number) => Kind != FaultKind.None && number >= First && number < First + Count;

    public override string ToString() =>
        $"{Kind} at {First}"
        + (Count > 1 ? $" and the next {Count - 1}" : "")
        + (IsOfDisk ? $" after {Percent} % of the bytes" : "")
        + (HasOthers ? $" [{string.Join("; ", Others)}]" : "");
}
