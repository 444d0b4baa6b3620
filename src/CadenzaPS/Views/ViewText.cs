using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace CadenzaPS.Views;

/// <summary>
/// What the views of CadenzaPS.format.ps1xml show of a value. Takes objects, since one that came back from a file or from another process
/// holds its times as text or as a bag of properties.
/// </summary>
public static class ViewText
{
    /// <summary>How long ago a time was, such as <c>45 d</c>; null where there is no time.</summary>
    public static string? Age(object? time) => ReadTime(time) is DateTimeOffset known ? Cadenza.Client.Age.Of(known, DateTimeOffset.UtcNow) : null;

    /// <summary>A time in UTC, such as <c>2026-01-31 08:05:00Z</c>, the same in every culture; null where there is no time.</summary>
    public static string? Time(object? time) =>
        ReadTime(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A nickname, cut to what the window has room for.</summary>
    public static string? Nickname(object? nickname, PSHost? host) => Cut(nickname, WidthsOf(host).Nickname, host);

    /// <summary>A venue, cut to what the window has room for.</summary>
    public static string? Venue(object? venue, PSHost? host) => Cut(venue, WidthsOf(host).Venue, host);

    /// <summary>A type, cut to what the window has room for.</summary>
    public static string? Type(object? type, PSHost? host) => Cut(type, WidthsOf(host).Type, host);

    /// <summary>A status, cut to what the window has room for, and coloured.</summary>
    public static string? ShortStatus(object? status, object? style, PSHost? host) =>
        Paint(Cut(status, WidthsOf(host).Status, host), status?.ToString(), style, host);

    /// <summary>A status, coloured where the host shows colours. Not in Windows PowerShell, which has no $PSStyle.</summary>
    /// <param name="status">The status.</param>
    /// <param name="style">The value of $PSStyle; null where there is none.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? Status(object? status, object? style, PSHost? host) => Paint(status?.ToString(), status?.ToString(), style, host);

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

    private static string? Paint(string? text, string? status, object? style, PSHost? host)
    {
        if (style is null || string.IsNullOrEmpty(status) || StatusTone.ColorOf(status!) is not string color)
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
    /// $env:COLUMNS counts more than the window, which is made up where there is none: so a log can be given its width.
    /// </summary>
    private static TableWidths WidthsOf(PSHost? host)
    {
        bool isTold = int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int width);
        if (!isTold || width == 0)
        {
            width = WindowOf(host);
        }

        return TableWidths.Of(width > 0 ? width : TableWidths.DefaultWindow);
    }

    private static int WindowOf(PSHost? host)
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

    private static object? Member(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
