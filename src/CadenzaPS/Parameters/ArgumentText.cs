using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace CadenzaPS.Parameters;

/// <summary>Reads the text of an argument as the user wrote it. Nothing is converted to text.</summary>
internal static class ArgumentText
{
    /// <summary>
    /// Returns the text of a string or of a number literal, or null for any other value. PowerShell keeps the text of a
    /// literal such as 007 with the number if converting the number to text gives another text.
    /// </summary>
    public static string? Find(object? argument)
    {
        object? value = Unwrap(argument);
        return value switch
        {
            string text => text,
            char character => character.ToString(),
            _ when argument is PSObject wrapped && IsNumber(value) => FindLiteral(wrapped, value!),
            _ => null,
        };
    }

    /// <summary>
    /// Returns the value without its wrapper. The empty output of a statement, such as an if without else, is null.
    /// </summary>
    public static object? Unwrap(object? argument) =>
        ReferenceEquals(argument, AutomationNull.Value) ? null
        : argument is PSObject wrapped ? wrapped.BaseObject
        : argument;

    /// <summary>Whether the value is a number, but not of an enumeration.</summary>
    public static bool IsNumber(object? value) =>
        value is not (null or Enum)
        && (Type.GetTypeCode(value.GetType()) is >= TypeCode.SByte and <= TypeCode.Decimal
            || value is System.Numerics.BigInteger);

    private static string? FindLiteral(PSObject wrapped, object number)
    {
        string text = wrapped.ToString();
        bool isConverted = text == Format(number, CultureInfo.CurrentCulture)
            || text == Format(number, CultureInfo.InvariantCulture);
        return isConverted ? null : text;
    }

    private static string? Format(object number, CultureInfo culture) =>
        (number as IFormattable)?.ToString(null, culture);
}
