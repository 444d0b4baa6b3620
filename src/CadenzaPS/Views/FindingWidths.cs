using System;

namespace CadenzaPS.Views;

/// <summary>
/// The maximum widths of columns in the table of findings. See <see cref="TableWidths"/> for the reason.
/// </summary>
internal sealed class FindingWidths
{
    private const int MinWindow = 80;
    private const int MaxNickname = 48;

    /// <summary>
    /// The header Severity, the longest rule name, a UUID, four separators, and the last column of the window.
    /// </summary>
    private const int Fixed = 8 + 12 + 36 + 4 + 1;

    private FindingWidths(int nickname, int venue) => (Nickname, Venue) = (nickname, venue);

    public int Nickname { get; }

    public int Venue { get; }

    /// <summary>Returns the widths for a window. A window narrower than 80 characters gets those for 80.</summary>
    public static FindingWidths Of(int window)
    {
        int width = Math.Max(window, MinWindow);
        int venue = width >= 110 ? 15 : 11;
        return new(Math.Min(width - Fixed - venue, MaxNickname), venue);
    }
}
