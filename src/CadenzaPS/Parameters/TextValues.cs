using System;
using Cadenza.Client.Errors;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Replaces the placeholders of number literals in parameters that accept several texts.</summary>
internal static class TextValues
{
    /// <summary>Returns the texts. Ends the command if a value is not text.</summary>
    public static string[]? Resolve(CadenzaCmdlet cmdlet, string parameter, string[]? values) => values is null
        ? null
        : Array.ConvertAll(values, value => Resolve(cmdlet, parameter, value));

    private static string Resolve(CadenzaCmdlet cmdlet, string parameter, string value)
    {
        if (UnusableArgument.Find(value) is not UnusableArgument unusable)
        {
            return value;
        }

        string? literal = unusable.Number is object number
            ? CommandLineLiteral.Find(cmdlet, parameter, number)
            : null;
        if (literal is null)
        {
            cmdlet.Report(
                CadenzaErrorKind.InvalidParameter, InputMessages.UnusableValue(parameter, unusable.Fault));
        }

        return literal!;
    }
}
