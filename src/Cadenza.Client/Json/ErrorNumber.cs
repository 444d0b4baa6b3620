using System.Globalization;

namespace Cadenza.Client.Json;

/// <summary>An errno in any notation of a number, such as -22016, -2.2016e4 or 0.0.</summary>
/// <param name="IsNumber">Whether it is a number.</param>
/// <param name="IsZero">Whether it is exactly zero, which means success.</param>
/// <param name="Value">The number, or null if it is not an integer of 64 bits.</param>
internal readonly record struct ErrorNumber(bool IsNumber, bool IsZero, long? Value)
{
    /// <summary>Reads the text of a number.</summary>
    public static ErrorNumber Read(string? text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent;
        if (text is null || !IsNotation(text))
        {
            return default;
        }

        // Zero is recognized by its digits. Parsing would also turn a very small number into zero.
        if (text.Split('e', 'E')[0].IndexOfAny(['1', '2', '3', '4', '5', '6', '7', '8', '9']) < 0)
        {
            return new ErrorNumber(IsNumber: true, IsZero: true, Value: 0);
        }

        bool isInteger = decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out decimal number)
            && number != 0
            && decimal.Truncate(number) == number
            && number is >= long.MinValue and <= long.MaxValue;
        return new ErrorNumber(IsNumber: true, IsZero: false, isInteger ? (long)number : null);
    }

    /// <summary>Whether it has the notation of a number, which may be out of range.</summary>
    private static bool IsNotation(string text)
    {
        string[] parts = text.Split('e', 'E');
        return parts.Length <= 2
            && IsDecimal(parts[0], allowsPoint: true)
            && (parts.Length == 1 || IsDecimal(parts[1], allowsPoint: false));
    }

    private static bool IsDecimal(string text, bool allowsPoint)
    {
        int digits = 0;
        bool hasPoint = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '0' and <= '9')
            {
                digits++;
            }
            else if (text[i] == '.' && allowsPoint && !hasPoint)
            {
                hasPoint = true;
            }
            else if (i > 0 || text[i] is not ('-' or '+'))
            {
                return false;
            }
        }

        return digits > 0;
    }
}
