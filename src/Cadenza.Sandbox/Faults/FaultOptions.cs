using System;
using System.Globalization;

namespace Cadenza.Sandbox.Faults;

/// <summary>The options of a rule, in the order in which a rule writes them.</summary>
internal static class FaultOptions
{
    private const string Count = "a whole number from 0 to 2147483647";
    private const string ShortDuration = "a duration from 0 to 1 day, for example 200ms, 1.5s or 2min";
    private const string Word = "a text of visible ASCII without , and :";
    private const string DateFormat = "yyyy-MM-dd";

    public static readonly FaultOption[] All =
    [
        new("times=N", Count, static (r, v) => r.Times = ParseNumber(v), static r => Write(r.Times)),
        new(
            "probability=P",
            "a number from 0 to 1",
            static (r, v) => r.Probability = (double)ParseDecimal(v),
            static r => r.Probability < 1 ? r.Probability.ToString("R", CultureInfo.InvariantCulture) : null),
        new("skip=N", Count, static (r, v) => r.Skip = ParseNumber(v), static r => r.Skip > 0 ? Write(r.Skip) : null),
        new(
            "delay=D",
            ShortDuration,
            static (r, v) => r.Delay = ParseDuration(v),
            static r => r.Delay > TimeSpan.Zero ? Write(r.Delay) : null),
        new(
            "retryafter=D",
            "a duration such as 2, 2s or 1min",
            static (r, v) => r.RetryAfter = ParseDuration(v),
            static r => Write(r.RetryAfter)),
        new("retryafterasdate", "", static (r, _) => r.RetryAfterAsDate = true, static r => Write(r.RetryAfterAsDate)),
        new("retryaftertext=T", Word, static (r, v) => r.RetryAfterText = v, static r => r.RetryAfterText),
        new(
            "retryafterdate=" + DateFormat,
            "a date such as 2015-03-01",
            static (r, v) => r.RetryAfterDate = ParseDate(v),
            static r => r.RetryAfterDate?.UtcDateTime.ToString(DateFormat, CultureInfo.InvariantCulture)),
        new(
            "completeafter=D",
            ShortDuration,
            static (r, v) => r.CompleteAfter = ParseDuration(v),
            static r => Write(r.CompleteAfter)),
        new("status=T", Word, static (r, v) => r.Status = v, static r => r.Status),
        new(
            "size=N",
            "a whole number from 1 to 2147483647",
            static (r, v) => r.Size = ParseNumber(v),
            static r => Write(r.Size)),
        new(
            "behind=D",
            ShortDuration,
            static (r, v) => r.ClockBehind = ParseDuration(v),
            static r => r.ClockBehind != TimeSpan.FromMinutes(70) ? Write(r.ClockBehind) : null),
        new(
            "form=F",
            "one of " + EnumText<SandboxEchoForm>.Names,
            static (r, v) => r.EchoForm = ParseForm(v),
            static r => r.EchoForm != default ? r.EchoForm.ToString() : null),
        new(
            "per=D",
            "a duration of more than 0 and at most 1 day, for example 10s or 1min",
            static (r, v) => r.Per = ParseDuration(v),
            static r => r.Per != TimeSpan.FromMinutes(1) ? Write(r.Per) : null),
        new(
            "headers=H",
            "one of " + EnumText<SandboxLimitForm>.Names,
            static (r, v) => r.LimitForm = ParseLimitForm(v),
            static r => r.LimitForm != default ? r.LimitForm.ToString() : null),
        new("after", "", static (r, _) => r.AfterChange = true, static r => Write(r.AfterChange)),
    ];

    private static int ParseNumber(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException();

    private static decimal ParseDecimal(string value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw new FormatException();

    private static TimeSpan ParseDuration(string value)
    {
        string digits = value.TrimEnd([.. "minsMINS"]);
        long unit = value.Substring(digits.Length).ToUpperInvariant() switch
        {
            "" or "S" => TimeSpan.TicksPerSecond,
            "MS" => TimeSpan.TicksPerMillisecond,
            "MIN" => TimeSpan.TicksPerMinute,
            _ => throw new FormatException(),
        };
        decimal number = ParseDecimal(digits);
        // Above the limit of every property, and below what overflows.
        return number <= uint.MaxValue * 1000m
            ? TimeSpan.FromTicks((long)(number * unit))
            : throw new FormatException();
    }

    private static DateTimeOffset ParseDate(string value) => DateTimeOffset.ParseExact(
        value, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static SandboxEchoForm ParseForm(string value) =>
        EnumText<SandboxEchoForm>.TryParse(value, out SandboxEchoForm form) ? form : throw new FormatException();

    private static SandboxLimitForm ParseLimitForm(string value) =>
        EnumText<SandboxLimitForm>.TryParse(value, out SandboxLimitForm form) ? form : throw new FormatException();

    private static string? Write(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Write(bool flag) => flag ? "" : null;

    private static string? Write(TimeSpan? duration) => duration is { } time
        ? ((decimal)time.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture) + "ms"
        : null;
}
