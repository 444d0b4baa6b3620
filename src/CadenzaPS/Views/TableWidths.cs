using System;

namespace CadenzaPS.Views;

/// <summary>
/// The maximum widths of columns in the table of credentials. PowerShell sizes columns by their content and truncates
/// the rightmost one, which is the id that users copy. Therefore, the texts to its left are truncated first, and
/// of them the type before the nickname.
/// </summary>
internal sealed class TableWidths
{
    /// <summary>The width that is assumed if the host does not report one.</summary>
    public const int DefaultWindow = 100;

    private const int MinWindow = 80;
    private const int MaxNickname = 48;

    /// <summary>
    /// The header Updated, which is wider than an age, a UUID, five separators, and the last column of the window,
    /// which stays empty.
    /// </summary>
    private const int Fixed = 7 + 36 + 5 + 1;

    private TableWidths(int nickname, int venue, int type, int status) =>
        (Nickname, Venue, Type, Status) = (nickname, venue, type, status);

    public int Nickname { get; }

    public int Venue { get; }

    public int Type { get; }

    public int Status { get; }

    /// <summary>Returns the widths for a window. A window narrower than 80 characters gets those for 80.</summary>
    public static TableWidths Of(int window)
    {
        int free = Math.Max(window, MinWindow) - Fixed;
        int venue = Take(ref free, 11);
        int type = Take(ref free, 4);
        int status = Take(ref free, 8);
        int nickname = Take(ref free, 23);

        // Only what the more important columns leave widens the others.
        type += Take(ref free, 4);
        status += Take(ref free, 1);
        venue += Take(ref free, 4);
        nickname += Take(ref free, 5);
        status += Take(ref free, 3);
        type += Take(ref free, 2);
        nickname += Take(ref free, MaxNickname - nickname);
        return new(nickname, venue, type, status);
    }

    private static int Take(ref int free, int wanted)
    {
        int taken = Math.Min(free, wanted);
        free -= taken;
        return taken;
    }
}
