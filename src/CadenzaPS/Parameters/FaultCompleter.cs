using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cadenza.Sandbox;

namespace CadenzaPS.Parameters;

/// <summary>
/// Completes the parts of -Fault one after the other: the endpoint, the kind of fault, and its options.
/// </summary>
internal sealed class FaultCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = Argument.Unquote(wordToComplete ?? "");
        bool isQuoted = Argument.IsQuoted(wordToComplete ?? "");
        string[] parts = word.Split([':'], 3);
        int start = parts.Length == 3 ? Math.Max(word.LastIndexOf(','), word.LastIndexOf(':')) + 1
            : word.LastIndexOf(':') + 1;
        string prefix = word.Substring(0, start);
        string part = word.Substring(start);
        return CandidatesOf(parts)
            .Where(candidate => candidate.Name.StartsWith(part, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => new CompletionResult(
                Argument.Quote(prefix + candidate.Name + candidate.Suffix, isQuoted),
                candidate.Usage,
                CompletionResultType.ParameterValue,
                candidate.Usage));
    }

    private static IEnumerable<Candidate> CandidatesOf(string[] parts) => parts.Length switch
    {
        1 => SandboxFaultRule.Endpoints.Select(static endpoint => new Candidate(endpoint, ":", endpoint)),
        2 => SandboxFaultRule.Kinds
            .OrderBy(static name => name, StringComparer.Ordinal)
            .Select(static name => new Candidate(name, "", name)),
        _ => SandboxFaultRule.Options
            .Where(option => !IsUsed(parts[2], NameOf(option)))
            .Select(static option => new Candidate(NameOf(option), option.IndexOf('=') < 0 ? "" : "=", option)),
    };

    private static string NameOf(string option) => option.Split('=')[0];

    /// <summary>Whether an option is complete, which means that another one follows.</summary>
    private static bool IsUsed(string options, string name)
    {
        string[] given = options.Split(',');
        return given.Take(given.Length - 1)
            .Any(option => NameOf(option).Trim().Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private readonly record struct Candidate(string Name, string Suffix, string Usage);
}
