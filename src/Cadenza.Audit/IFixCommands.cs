using Cadenza.Client.Models;

namespace Cadenza.Audit;

/// <summary>
/// The commands that correct findings. The module provides them, because the audit does not know its cmdlets.
/// </summary>
internal interface IFixCommands
{
    /// <summary>The command that corrects a finding.</summary>
    /// <param name="rule">The id of the rule.</param>
    /// <param name="credential">The credential. Its values come from the server and must be quoted.</param>
    string ForOne(string rule, CadenzaCredential credential);

    /// <summary>The command that corrects all findings of a rule.</summary>
    /// <param name="rule">The id of the rule.</param>
    string ForAll(string rule);

    /// <summary>The parameter that selects the findings of a rule.</summary>
    /// <param name="rule">The id of the rule.</param>
    string SelectorOf(string rule);
}
