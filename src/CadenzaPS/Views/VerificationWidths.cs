using System;

namespace CadenzaPS.Views;

/// <summary>
/// The maximum widths of columns in the table of verifications. See <see cref="TableWidths"/> for the reason.
/// </summary>
internal sealed class VerificationWidths
{
    private const int MinWindow = 80;
    private const int MaxNickname = 48;

    /// <summary>The longest answer, a UUID, three separators, and the last column of the window.</summary>
    private const int Fixed = 13 + 36 + 3 + 1;

    private VerificationWidths(int nickname, int venue) => (Nickname, Venue) = (nickname, venue);

    public int Nickname { get; }

    public int Venue { get; }

    /// <summary>Returns the widths for a window. A window narrower than 80 characters gets those for 80.</summary>
    public static VerificationWidths Of(int window)
    {
        int width = Math.Max(window, MinWindow);
        int venue = width >= 110 ? 15 : 11;
        return new(Math.Min(width - Fixed - venue, MaxNickname), venue);
    }
}
