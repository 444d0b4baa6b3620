using System;

namespace CadenzaPS.Views;

/// <summary>
/// How wide the columns of the credential table may be in a window. PowerShell sizes them by what they show and cuts what is too much at
/// the right, where the id stands, which is what one copies. So the texts left of it are cut to size first, the nickname most.
/// </summary>
internal sealed class TableWidths
{
    /// <summary>What is assumed of a window that does not tell its width.</summary>
    public const int DefaultWindow = 100;

    private const int LeastWindow = 80;
    private const int MaxNickname = 48;

    /// <summary>The header Updated (an age is shorter), a UUID, five separators, and the last column of the window, which a console leaves free.</summary>
    private const int Rest = 7 + 36 + 5 + 1;

    private TableWidths(int nickname, int venue, int type, int status) => (Nickname, Venue, Type, Status) = (nickname, venue, type, status);

    public int Nickname { get; }

    public int Venue { get; }

    public int Type { get; }

    public int Status { get; }

    /// <summary>The widths in a window of so many characters; below 80 they are those of 80.</summary>
    public static TableWidths Of(int window)
    {
        int width = Math.Max(window, LeastWindow);
        (int venue, int type, int status) = width switch
        {
            >= 110 => (15, 10, 12),
            >= 90 => (11, 8, 9),
            _ => (11, 4, 8),
        };
        return new(Math.Min(width - Rest - venue - type - status, MaxNickname), venue, type, status);
    }
}
