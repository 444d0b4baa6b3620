using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>What the server says about a change that may have been made.</summary>
/// <param name="Found">What was changed, if it was.</param>
/// <param name="IsAbsent">Whether it is certain that it was not made.</param>
internal readonly record struct ReconciliationResult(CadenzaCredential? Found, bool IsAbsent)
{
    /// <summary>It cannot be told.</summary>
    public static readonly ReconciliationResult Uncertain;

    /// <summary>It was not made.</summary>
    public static readonly ReconciliationResult Absent = new(Found: null, IsAbsent: true);
}
