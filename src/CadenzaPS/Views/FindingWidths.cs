using System;

namespace CadenzaPS.Views;

/// <summary>How wide the columns of the table of findings may be in a window; what was said of <see cref="TableWidths"/> holds here, too.</summary>
internal sealed class FindingWidths
{
    private const int LeastWindow = 80;
    private const int MaxNickname = 48;

    /// <summary>The header Severity, the longest name of a rule, a UUID, four separators, and the last column of the window.</summary>
    private const int Rest = 8 + 12 + 36 + 4 + 1;

    private FindingWidths(int nickname, int venue) => (Nickname, Venue) = (nickname, venue);

    public int Nickname { get; }

    public int Venue { get; }

    /// <summary>The widths in a window of so many characters; below 80 they are those of 80.</summary>
    public static FindingWidths Of(int window)
    {
        int width = Math.Max(window, LeastWindow);
        int venue = width >= 110 ? 15 : 11;
        return new(Math.Min(width - Rest - venue, MaxNickname), venue);
    }
}
