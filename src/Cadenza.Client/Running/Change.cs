using System;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Client.Running;

/// <summary>What a look at the server told of a change that may have been made.</summary>
/// <param name="Found">What was changed, if it was.</param>
/// <param name="IsAbsent">Whether it is certain that it was not made.</param>
internal readonly record struct ChangeLook(CadenzaCredential? Found, bool IsAbsent)
{
    /// <summary>It cannot be told.</summary>
    public static readonly ChangeLook Uncertain;

    /// <summary>It was not made.</summary>
    public static readonly ChangeLook Absent = new(Found: null, IsAbsent: true);
}

/// <summary>A change that is to be made.</summary>
internal sealed record Change
{
    /// <summary>What is changed, in words.</summary>
    public required string Name { get; init; }

    /// <summary>What its error is about.</summary>
    public required string Target { get; init; }

    /// <summary>Changes with the same key wait for each other; null where it waits for none.</summary>
    public string? Key { get; init; }

    /// <summary>What a journal needs to know of it.</summary>
    public required JournalSlip Slip { get; init; }

    /// <summary>Makes it.</summary>
    public required Func<CadenzaClient, CancellationToken, Task<CadenzaCredential>> SendAsync { get; init; }

    /// <summary>Whether making it once more, after it may have been made, ends in the same state.</summary>
    public bool IsIdempotent { get; init; } = true;

    /// <summary>Looks whether it was made, where that can be seen: since a time, by the server's clock.</summary>
    public Func<CadenzaClient, DateTimeOffset, CancellationToken, Task<ChangeLook>>? LookAsync { get; init; }
}
