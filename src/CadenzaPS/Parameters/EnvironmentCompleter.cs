using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cadenza.Commands.Connections;

namespace CadenzaPS.Parameters;

/// <summary>
/// Completes -Environment. The parameter is not an enum, because PowerShell accepts a prefix of the name of an enum
/// value: "p" would mean Production.
/// </summary>
internal sealed class EnvironmentCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        new[] { nameof(CadenzaEnvironment.Uat), nameof(CadenzaEnvironment.Production) }
            .Where(name => name.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(static name => new CompletionResult(name));
}
