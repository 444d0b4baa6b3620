namespace Cadenza.Commands.Journal;

/// <summary>What a journal decides about a change that is to be sent.</summary>
internal enum JournalDecision
{
    /// <summary>The change may be sent.</summary>
    Proceed,

    /// <summary>The change was already made.</summary>
    AlreadyApplied,

    /// <summary>The change was already made, but the exchange must be asked whether it accepts the keys.</summary>
    Unverified,

    /// <summary>An earlier run may have made the change: it must be reconciled with the server first.</summary>
    Unresolved,

    /// <summary>Another run is making the change.</summary>
    InProgress,
}
