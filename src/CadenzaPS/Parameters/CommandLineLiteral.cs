using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CadenzaPS.Parameters;

/// <summary>
/// Finds number literals in the text of a command. PowerShell binds the literal 42 as a number without its text, which
/// cannot be told from a variable that was once 042.
/// </summary>
internal static class CommandLineLiteral
{
    /// <summary>Returns the text of the literal that is the argument of a parameter, or null.</summary>
    /// <param name="cmdlet">The running cmdlet.</param>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="number">The value that PowerShell bound.</param>
    public static string? Find(PSCmdlet cmdlet, string parameter, object number)
    {
        // Windows PowerShell has no Statement. There, a command over several lines is not found.
        InvocationInfo invocation = cmdlet.MyInvocation;
        string? statement = PSObject.AsPSObject(invocation).Properties["Statement"]?.Value as string;
        string text = statement ?? RestOfLine(invocation);
        ScriptBlockAst script = Parser.ParseInput(text, out _, out _);
        if (script.Find(static ast => ast is CommandAst, searchNestedScriptBlocks: false) is not CommandAst command)
        {
            return null;
        }

        bool isPositional = invocation.MyCommand.Parameters.TryGetValue(parameter, out ParameterMetadata? metadata)
            && metadata.ParameterSets.Values.Any(static set => set.Position >= 0);
        string[] found =
        [
            .. ArgumentsOf(command, parameter, metadata, isPositional)
                .OfType<ConstantExpressionAst>()
                .Where(constant => number.Equals(constant.Value))
                .Select(static constant => constant.Extent.Text)
                .Distinct(StringComparer.Ordinal),
        ];
        return found.Length == 1 ? found[0] : null;
    }

    private static string RestOfLine(InvocationInfo invocation)
    {
        string line = invocation.Line ?? "";
        int start = invocation.OffsetInLine - 1;
        return start >= 0 && start < line.Length ? line.Substring(start) : "";
    }

    private static IEnumerable<Ast> ArgumentsOf(
        CommandAst command, string parameter, ParameterMetadata? metadata, bool isPositional)
    {
        string? current = null;
        foreach (CommandElementAst element in command.CommandElements.Skip(1))
        {
            if (element is CommandParameterAst name)
            {
                current = name.Argument is null ? name.ParameterName : null;
                if (name.Argument is not null && IsNameOf(name.ParameterName, parameter, metadata))
                {
                    yield return name.Argument;
                }

                continue;
            }

            if (current is null ? isPositional : IsNameOf(current, parameter, metadata))
            {
                yield return element;
            }

            current = null;
        }
    }

    /// <summary>PowerShell has checked that an abbreviated name is not ambiguous.</summary>
    private static bool IsNameOf(string typed, string parameter, ParameterMetadata? metadata) =>
        parameter.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
        || (metadata?.Aliases.Any(alias => alias.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) ?? false);
}
