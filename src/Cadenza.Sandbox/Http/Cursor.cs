using System;
using System.Globalization;
using System.Text;

namespace Cadenza.Sandbox.Http;

/// <summary>Where a page starts.</summary>
/// <param name="index">The index of the last credential of the page before.</param>
/// <param name="isGap">Whether the page is empty.</param>
internal readonly struct Cursor(int index, bool isGap)
{
    private const string After = "after";
    private const string Gap = "gap";

    public int Index { get; } = index;

    public bool IsGap { get; } = isGap;

    /// <exception cref="ApiErrorException">The sandbox did not issue the cursor.</exception>
    public static Cursor Parse(string text)
    {
        try
        {
            string[] parts = Encoding.ASCII.GetString(Convert.FromBase64String(text)).Split(':');
            if (parts.Length == 2
                && (parts[0] is After or Gap)
                && int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
            {
                return new Cursor(index, parts[0] == Gap);
            }
        }
        catch (FormatException)
        {
            // Refused below, like every other cursor that the sandbox did not issue.
        }

        throw new ApiErrorException(ApiErrors.InvalidArgument("cursor is not valid"));
    }

    public override string ToString() => Convert.ToBase64String(
        Encoding.ASCII.GetBytes(FormattableString.Invariant($"{(IsGap ? Gap : After)}:{Index}")));
}
