namespace Cadenza.Commands.Journal;

/// <summary>What a journal decides about a change that is to be sent.</summary>
internal enum JournalDecision
{
    /// <summary>It may be sent.</summary>
    Proceed,

    /// <summary>It was made before.</summary>
    AlreadyApplied,

    /// <summary>An earlier run may have made it: the server has to be asked first.</summary>
    Unresolved,

    /// <summary>Another run is processing it.</summary>
    InProgress,
}
