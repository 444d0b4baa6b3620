using System.Management.Automation;
using Cadenza.Commands.Changes;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The parameters that cmdlets for changes have in common.</summary>
/// <param name="Impact">The impact of the change, which decides with $ConfirmPreference whether PowerShell
/// prompts.</param>
/// <param name="Force">Whether -Force suppresses the prompt.</param>
/// <param name="JournalPath">The path of the journal; null for no journal.</param>
/// <param name="Run">How the changes are made, without the journal.</param>
internal readonly record struct ChangeOptions(
    ConfirmImpact Impact, bool Force, string? JournalPath, ChangeRunOptions Run);
