using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CadenzaPS.Session;

namespace CadenzaPS.Parameters;

/// <summary>Completes the names of the connections of this session.</summary>
internal sealed class ConnectionNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        RunspaceConnection.Named
            .Where(c => c.Name!.StartsWith(Argument.Unquote(wordToComplete), StringComparison.OrdinalIgnoreCase))
            .Select(static c => new CompletionResult(
                Argument.Quote(c.Name!), c.Name, CompletionResultType.ParameterValue, c.ToString()));
}
