using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>The result of checking whether a change was made.</summary>
/// <param name="Found">The changed credential, or null.</param>
/// <param name="IsAbsent">Whether the change was certainly not made.</param>
internal readonly record struct ReconciliationResult(CadenzaCredential? Found, bool IsAbsent)
{
    /// <summary>It is not known whether the change was made.</summary>
    public static readonly ReconciliationResult Uncertain;

    /// <summary>The change was not made.</summary>
    public static readonly ReconciliationResult Absent = new(Found: null, IsAbsent: true);
}
