using System;

namespace CadenzaPS.Views;

/// <summary>How wide the columns of the table of impacts may be in a window; what was said of <see cref="TableWidths"/> holds here, too.</summary>
internal sealed class ImpactWidths
{
    private const int LeastWindow = 80;
    private const int MaxNickname = 32;
    private const int MaxAccounts = 80;

    /// <summary>The longest word for an effect, a UUID, four separators, and the last column of the window.</summary>
    private const int Rest = 12 + 36 + 4 + 1;

    private ImpactWidths(int nickname, int venue, int accounts) => (Nickname, Venue, Accounts) = (nickname, venue, accounts);

    public int Nickname { get; }

    public int Venue { get; }

    public int Accounts { get; }

    /// <summary>The widths in a window of so many characters; below 80 they are those of 80.</summary>
    public static ImpactWidths Of(int window)
    {
        int width = Math.Max(window, LeastWindow);
        int venue = width >= 110 ? 15 : 11;
        int texts = width - Rest - venue;
        int nickname = Math.Min(texts / 2, MaxNickname);
        return new(nickname, venue, Math.Min(texts - nickname, MaxAccounts));
    }
}
