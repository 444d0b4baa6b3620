using System;
using System.Management.Automation;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The parameters that cmdlets for changes have in common.</summary>
/// <param name="Impact">The impact of the change, which decides with $ConfirmPreference whether PowerShell
/// prompts.</param>
/// <param name="Force">Whether -Force suppresses the prompt.</param>
/// <param name="ThrottleLimit">The maximum number of changes that are in flight at the same time.</param>
/// <param name="JournalPath">The path of the journal; null for no journal.</param>
/// <param name="SkipsCheck">Whether the credentials of the input are not compared with the server.</param>
/// <param name="ValidatesFirst">Whether the whole input is validated before the first change is sent.</param>
/// <param name="MaximumFailure">The number of items that may fail before nothing more is sent; null for any.</param>
/// <param name="MaxPerMinute">The maximum number of requests per minute; null for no limit.</param>
/// <param name="CompletionTimeout">
/// How long to wait until a change that the server accepted is complete; null for the rest of the timeout of the call.
/// </param>
internal readonly record struct ChangeOptions(
    ConfirmImpact Impact,
    bool Force,
    int ThrottleLimit,
    string? JournalPath,
    bool SkipsCheck,
    bool ValidatesFirst,
    int? MaximumFailure,
    int? MaxPerMinute,
    TimeSpan? CompletionTimeout);
