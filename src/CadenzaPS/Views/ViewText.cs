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
    public static string? Age(object? time) => ReadTime(time) is DateTimeOffset known ? Views.Age.Of(known, DateTimeOffset.UtcNow) : null;

    /// <summary>A time in UTC, such as <c>2026-01-31 08:05:00Z</c>, the same in every culture; null where there is no time.</summary>
    public static string? Time(object? time) =>
        ReadTime(time)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A status, coloured where the host shows colours. Not in Windows PowerShell, which has no $PSStyle.</summary>
    /// <param name="status">The status.</param>
    /// <param name="style">The value of $PSStyle; null where there is none.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? Status(object? status, object? style, PSHost? host)
    {
        string? text = status?.ToString();
        if (style is null || string.IsNullOrEmpty(text) || StatusTone.ColorOf(text!) is not string color)
        {
            return text;
        }

        // PowerShell strips colours itself where output is redirected. It cannot know that a host shows none unless it is asked.
        string rendering = Member(style, "OutputRendering")?.ToString() ?? "";
        bool isWanted = rendering == "Ansi" || (rendering == "Host" && host?.UI?.SupportsVirtualTerminal == true);
        return isWanted ? $"{Member(Member(style, "Foreground"), color)}{text}{Member(style, "Reset")}" : text;
    }

    private static DateTimeOffset? ReadTime(object? time)
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

    private static object? Member(object? value, string name) => value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
