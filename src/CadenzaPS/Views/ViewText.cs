using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using Cadenza.Client.Text;

namespace CadenzaPS.Views;

/// <summary>
/// Formats values for the views of CadenzaPS.format.ps1xml. The parameters are objects, because a deserialized
/// credential has times as text or as property bags.
/// </summary>
internal static class ViewText
{
    /// <summary>Formats the time since a time, such as <c>45 d</c>; null without a time.</summary>
    public static string? Age(object? time) =>
        ReadTime(time) is DateTimeOffset known
            ? Cadenza.Client.Text.Age.Of(known, TimeProvider.System.GetUtcNow())
            : null;

    /// <summary>
    /// Formats a time in UTC, such as <c>2026-01-31 08:05:00Z</c>, in the same way in every culture; null without a
    /// time.
    /// </summary>
    public static string? Time(object? time) =>
        ReadTime(time) is DateTimeOffset known ? UtcTime.FormatSecond(known) : null;

    /// <summary>Truncates a nickname to fit the window.</summary>
    public static string? Nickname(object? nickname, PSHost? host) =>
        Cut(nickname, TableWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>Truncates a venue to fit the window.</summary>
    public static string? Venue(object? venue, PSHost? host) => Cut(venue, TableWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>Truncates a type to fit the window.</summary>
    public static string? Type(object? type, PSHost? host) => Cut(type, TableWidths.Of(WindowOf(host)).Type, host);

    /// <summary>Truncates a status to fit the window, and colors it.</summary>
    public static string? ShortStatus(object? status, object? style, PSHost? host) =>
        Paint(
            Cut(status, TableWidths.Of(WindowOf(host)).Status, host),
            status?.ToString(),
            StatusTone.ColorOf,
            style,
            host);

    /// <summary>
    /// Colors a status if the host supports colors. Windows PowerShell has no $PSStyle and shows no colors.
    /// </summary>
    /// <param name="status">The status.</param>
    /// <param name="style">The value of $PSStyle; null if the variable does not exist.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? Status(object? status, object? style, PSHost? host) =>
        Paint(status?.ToString(), status?.ToString(), StatusTone.ColorOf, style, host);

    /// <summary>Colors the effect that a revoke would have.</summary>
    public static string? Effect(object? effect, object? style, PSHost? host) =>
        Paint(effect?.ToString(), effect?.ToString(), StatusTone.ColorOfEffect, style, host);

    /// <summary>Colors the severity of a finding.</summary>
    public static string? Severity(object? severity, object? style, PSHost? host) =>
        Paint(severity?.ToString(), severity?.ToString(), StatusTone.ColorOfSeverity, style, host);

    /// <summary>Colors the answer of a verification.</summary>
    public static string? Answer(object? answer, object? style, PSHost? host) =>
        Paint(answer?.ToString(), answer?.ToString(), StatusTone.ColorOfAnswer, style, host);

    /// <summary>Colors an outcome, or whether keys are verified.</summary>
    public static string? Outcome(object? outcome, object? style, PSHost? host) =>
        Paint(outcome?.ToString(), outcome?.ToString(), StatusTone.ColorOfOutcome, style, host);

    /// <summary>Shortens the id of an error, which begins with Cadenza in all of them.</summary>
    public static string? ErrorWord(object? errorId) =>
        errorId?.ToString() is string id && id.StartsWith("Cadenza", StringComparison.Ordinal)
            ? id.Substring("Cadenza".Length)
            : errorId?.ToString();

    /// <summary>Truncates a nickname to fit the table of impacts.</summary>
    public static string? ImpactNickname(object? nickname, PSHost? host) =>
        Cut(nickname, ImpactWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>Truncates a venue to fit the table of impacts.</summary>
    public static string? ImpactVenue(object? venue, PSHost? host) =>
        Cut(venue, ImpactWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>
    /// Formats the accounts in the table of impacts: their number, and as many of their names as fit.
    /// </summary>
    /// <param name="count">The number of accounts; null if it is unknown.</param>
    /// <param name="accounts">The accounts, which may be deserialized.</param>
    /// <param name="host">The value of $Host.</param>
    public static string? ImpactAccounts(object? count, object? accounts, PSHost? host)
    {
        object? plain = accounts is PSObject wrapped ? wrapped.BaseObject : accounts;
        string names = plain is IEnumerable items and not string
            ? string.Join(", ", items.Cast<object?>().Select(AccountName))
            : $"{plain}";
        string number = count is null ? "?" : string.Format(CultureInfo.InvariantCulture, "{0}", count);
        string text = names.Length == 0 ? number : $"{number}: {names}";
        return Cut(text, ImpactWidths.Of(WindowOf(host)).Accounts, host);
    }

    /// <summary>Truncates a nickname to fit the table of findings.</summary>
    public static string? FindingNickname(object? nickname, PSHost? host) =>
        Cut(nickname, FindingWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>Truncates a venue to fit the table of findings.</summary>
    public static string? FindingVenue(object? venue, PSHost? host) =>
        Cut(venue, FindingWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>Truncates a nickname to fit the table of verifications.</summary>
    public static string? VerificationNickname(object? nickname, PSHost? host) =>
        Cut(nickname, VerificationWidths.Of(WindowOf(host)).Nickname, host);

    /// <summary>Truncates a venue to fit the table of verifications.</summary>
    public static string? VerificationVenue(object? venue, PSHost? host) =>
        Cut(venue, VerificationWidths.Of(WindowOf(host)).Venue, host);

    /// <summary>Reads a time, which may be deserialized; null without a time.</summary>
    internal static DateTimeOffset? ReadTime(object? time)
    {
        object? plain = time is PSObject wrapped ? wrapped.BaseObject : time;
        return plain switch
        {
            DateTimeOffset known => known,
            DateTime known => new DateTimeOffset(known),
            string text => ParseTime(text),
            _ => Member(time, nameof(DateTimeOffset.UtcDateTime)) is DateTime known
                ? new DateTimeOffset(DateTime.SpecifyKind(known, DateTimeKind.Utc))
                : null,
        };
    }

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed)
            ? parsed
            : null;

    internal static string? Paint(
        string? text, string? value, Func<string, string?> colorOf, object? style, PSHost? host)
    {
        if (style is null || string.IsNullOrEmpty(value) || colorOf(value!) is not string color)
        {
            return text;
        }

        // PowerShell removes colors from redirected output, but not for a host that does not support them.
        string rendering = Member(style, "OutputRendering")?.ToString() ?? "";
        bool hasColors = rendering == "Ansi" || (rendering == "Host" && host?.UI?.SupportsVirtualTerminal == true);
        return hasColors ? $"{Member(Member(style, "Foreground"), color)}{text}{Member(style, "Reset")}" : text;
    }

    /// <summary>Truncates by cells of the screen, of which a CJK character occupies two.</summary>
    internal static string? Cut(object? value, int cells, PSHost? host)
    {
        string? text = value?.ToString();
        PSHostRawUserInterface? screen = host?.UI?.RawUI;
        return text is null
            ? null
            : CellText.Cut(text, cells, part => screen?.LengthInBufferCells(part) ?? part.Length);
    }

    /// <summary>
    /// Returns the width of the window. $env:COLUMNS takes precedence, so that users can set the width of a log, which
    /// has no window.
    /// </summary>
    private static int WindowOf(PSHost? host)
    {
        string? columns = Environment.GetEnvironmentVariable("COLUMNS");
        if (!int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out int width) || width == 0)
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
        catch (Exception e) when (e is NotImplementedException or NotSupportedException or HostException or IOException)
        {
            return 0;
        }
    }

    /// <summary>Returns the nickname of an account, or its id without a nickname.</summary>
    private static string AccountName(object? account) =>
        $"{Member(account, "Nickname")}" is { Length: > 0 } name
            ? name
            : $"{Member(account, "TradingAccountId") ?? account}";

    /// <summary>Returns a property of an object, which may be deserialized; null if it does not have it.</summary>
    internal static object? Member(object? value, string name) =>
        value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
}
