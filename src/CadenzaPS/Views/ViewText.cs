using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using Cadenza.Client.Text;

namespace CadenzaPS.Views;

/// <summary>
/// What the views of CadenzaPS.format.ps1xml show of a value. Takes objects, since one that came back from a file or from another process
/// holds its times as text or as a bag of properties.
/// </summary>
public static class ViewText
{
    /// <summary>How long ago a time was, such as <c>45 d</c>; null where there is no time.</summary>
    public static string? Age(object? time) => ReadTime(time) is DateTimeOffset known ? Cadenza.Client.Text.Age.Of(known, DateTimeOffset.UtcNow) : null;

    /// <summary>A time in UTC, such as <c>2026-01-31 08:05:00Z</c>, the same in every culture; null where there is no time.</summary>
    public static string? Time(object? time) =>
        ReadTime(time) is DateTimeOffset known ? UtcTime.FormatSecond(known) : null;

    /// <summary>A nickname, cut to what the window has room for.</summary>
    public static string? Nickname(object? nickname, PSHost? host) => Cut(nickname, TableWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>A venue, cut to what the window has room for.</summary>
    public static string? Venue(object? venue, PSHost? host) => Cut(venue, TableWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>A type, cut to what the window has room for.</summary>
    public static string? Type(object? type, PSHost? host) => Cut(type, TableWidths.Of(WindowOf(host)).Type, host);

    /// <summary>A status, cut to what the window has room for, and coloured.</summary>
    public static string? ShortStatus(object? status, object? style, PSHost? host) =>
        Paint(Cut(status, TableWidths.Of(WindowOf(host)).Status, host), status?.ToString(), StatusTone.ColorOf, style, host);

    /// <summary>A status, coloured where the host shows colours. Not in Windows PowerShell, which has no $PSStyle.</summary>
    /// <param name="status">The status.</param>
    /// <param name="style">The value of $PSStyle; null where there is none.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? Status(object? status, object? style, PSHost? host) => Paint(status?.ToString(), status?.ToString(), StatusTone.ColorOf, style, host);

    /// <summary>What a revoke would do, coloured.</summary>
    public static string? Effect(object? effect, object? style, PSHost? host) => Paint(effect?.ToString(), effect?.ToString(), StatusTone.ColorOfEffect, style, host);

    /// <summary>How soon somebody should see to it, coloured.</summary>
    public static string? Severity(object? severity, object? style, PSHost? host) =>
        Paint(severity?.ToString(), severity?.ToString(), StatusTone.ColorOfSeverity, style, host);

    /// <summary>A nickname in the table of impacts.</summary>
    public static string? ImpactNickname(object? nickname, PSHost? host) => Cut(nickname, ImpactWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>A venue in the table of impacts.</summary>
    public static string? ImpactVenue(object? venue, PSHost? host) => Cut(venue, ImpactWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>The accounts in the table of impacts: how many, and their names as far as there is room.</summary>
    /// <param name="count">How many; null where that is not known.</param>
    /// <param name="accounts">The accounts, also as they come back from a file.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? ImpactAccounts(object? count, object? accounts, PSHost? host)
    {
        object? plain = accounts is PSObject wrapped ? wrapped.BaseObject : accounts;
        string names = plain is IEnumerable items and not string ? string.Join(", ", items.Cast<object?>().Select(AccountName)) : $"{plain}";
        string number = count is null ? "?" : string.Format(CultureInfo.InvariantCulture, "{0}", count);
        return Cut(names.Length == 0 ? number : $"{number}: {names}", ImpactWidths.Of(WindowOf(host)).Accounts, host);
    }

    /// <summary>A nickname in the table of findings.</summary>
    public static string? FindingNickname(object? nickname, PSHost? host) => Cut(nickname, FindingWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>A venue in the table of findings.</summary>
    public static string? FindingVenue(object? venue, PSHost? host) => Cut(venue, FindingWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>Reads a time, also one that was serialized; null where there is none.</summary>
    internal static DateTimeOffset? ReadTime(object? time)
    {
        object? plain = time is PSObject wrapped ? wrapped.BaseObject : time;
        return plain switch
        {
            DateTimeOffset known => known,
            DateTime known => new DateTimeOffset(known),
            string text => DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed) ? parsed : null,
            _ => Member(time, nameof(DateTimeOffset.UtcDateTime)) is DateTime known ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc)) : null,
        };
    }

    private static string? Paint(string? text, string? word, Func<string, string?> colorOf, object? style, PSHost? host)
    {
        if (style is null || string.IsNullOrEmpty(word) || colorOf(word!) is not string color)
        {
            return text;
        }

        // PowerShell strips colours itself where output is redirected. It cannot know that a host shows none unless it is asked.
        string rendering = Member(style, "OutputRendering")?.ToString() ?? "";
        bool isWanted = rendering == "Ansi" || (rendering == "Host" && host?.UI?.SupportsVirtualTerminal == true);
        return isWanted ? $"{Member(Member(style, "Foreground"), color)}{text}{Member(style, "Reset")}" : text;
    }

    /// <summary>By cells of the screen, of which a CJK character takes two.</summary>
    private static string? Cut(object? value, int cells, PSHost? host)
    {
        string? text = value?.ToString();
        PSHostRawUserInterface? screen = host?.UI?.RawUI;
        return text is null ? null : CellText.Cut(text, cells, part => screen?.LengthInBufferCells(part) ?? part.Length);
    }

    /// <summary>
    /// The width of the window. $env:COLUMNS counts more, since a window is made up where there is none: so a log can be given its width.
    /// </summary>
    private static int WindowOf(PSHost? host)
    {
        bool isTold = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int width);
        if (!isTold || width == 0)
        {
            width = BufferOf(host);
        }

        return width > 0 ? width : TableWidths.DefaultWindow;
    }

    private static int BufferOf(PSHost? host)
    {
        try
        {
            return host?.UI?.RawUI?.BufferSize.Width ?? 0;
        }
        catch (Exception e) when (e is NotImplementedException or NotSupportedException or HostException or System.IO.IOException)
        {
            return 0;
        }
    }

    /// <summary>The name of an account, or what stands in its place.</summary>
    private static string AccountName(object? account) =>
        Member(account, "Nickname") is { } name && $"{name}".Length > 0 ? $"{name}" : $"{Member(account, "TradingAccountId") ?? account}";

    private static object? Member(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
