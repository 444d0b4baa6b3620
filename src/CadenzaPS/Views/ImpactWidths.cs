using System;

namespace CadenzaPS.Views;

/// <summary>
/// The maximum widths of columns in the table of impacts. See <see cref="TableWidths"/> for the reason.
/// </summary>
internal sealed class ImpactWidths
{
    private const int MinWindow = 80;
    private const int MaxNickname = 32;
    private const int MinAccounts = 8;
    private const int MaxAccounts = 80;

    /// <summary>The longest effect, a UUID, four separators, and the last column of the window.</summary>
    private const int Fixed = 12 + 36 + 4 + 1;

    private ImpactWidths(int nickname, int venue, int accounts) =>
        (Nickname, Venue, Accounts) = (nickname, venue, accounts);

    public int Nickname { get; }

    public int Venue { get; }

    public int Accounts { get; }

    /// <summary>Returns the widths for a window. A window narrower than 80 characters gets those for 80.</summary>
    public static ImpactWidths Of(int window)
    {
        int width = Math.Max(window, MinWindow);
        int venue = width >= 110 ? 15 : 11;
        int texts = width - Fixed - venue;

        // The number of accounts comes before their names, so that the names are truncated before the nickname.
        int nickname = Math.Min(Math.Max(texts / 2, Math.Min(texts - MinAccounts, 24)), MaxNickname);
        return new(nickname, venue, Math.Min(texts - nickname, MaxAccounts));
    }
}
