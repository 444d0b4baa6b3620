using System;
using System.Collections.Generic;
using System.Globalization;

namespace Cadenza.Sandbox.Faults;

/// <summary>Reads and writes a rule as one line of text.</summary>
internal static class FaultRuleText
{
    private const string Options = "times=N, probability=P, skip=N, delay=D, retryafter=D, retryafterasdate, after";

#pragma warning disable CA2263 // The generic one doesn't exist on netstandard2.0.
    private static readonly SandboxFaultKind[] Kinds = (SandboxFaultKind[])Enum.GetValues(typeof(SandboxFaultKind));
#pragma warning restore CA2263

    /// <exception cref="FormatException">The text is no rule.</exception>
    public static SandboxFaultRule Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3)
        {
            throw Bad(text, "write endpoint:kind or endpoint:kind:options");
        }

        var endpoint = parts[0].Trim();
        if (!EndpointPattern.IsValid(endpoint))
        {
            throw Bad(text, "the endpoint must be *, a page such as credential/revoke, or a folder such as credential/*");
        }

        var rule = new SandboxFaultRule { Endpoint = endpoint, Kind = ParseKind(text, parts[1].Trim()) };
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var option in parts.Length == 3 ? parts[2].Split(',') : [])
        {
            var mark = option.IndexOf('=');
            var name = (mark < 0 ? option : option.Substring(0, mark)).Trim();
            if (!seen.Add(name))
            {
                throw Bad(text, "the option " + name + " occurs twice");
            }

            Set(rule, text, name, mark < 0 ? null : option.Substring(mark + 1).Trim());
        }

        return rule;
    }

    public static string Write(SandboxFaultRule rule)
    {
        var options = new List<string>();
        Add("times", rule.Times is { } times ? times.ToString(CultureInfo.InvariantCulture) : null);
        Add("probability", rule.Probability < 1 ? rule.Probability.ToString("R", CultureInfo.InvariantCulture) : null);
        Add("skip", rule.Skip > 0 ? rule.Skip.ToString(CultureInfo.InvariantCulture) : null);
        Add("delay", rule.Delay > TimeSpan.Zero ? Write(rule.Delay) : null);
        Add("retryafter", rule.RetryAfter is { } retryAfter ? Write(retryAfter) : null);
        if (rule.RetryAfterAsDate)
        {
            options.Add("retryafterasdate");
        }

        if (rule.AfterChange)
        {
            options.Add("after");
        }

        return rule.Endpoint + ":" + rule.Kind + (options.Count == 0 ? "" : ":" + string.Join(",", options));

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                options.Add(name + "=" + value);
            }
        }
    }

    private static string Write(TimeSpan duration) =>
        ((decimal)duration.Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture) + "ms";

    // Not Enum.Parse: that takes numbers and lists of names, too.
    private static SandboxFaultKind ParseKind(string text, string name)
    {
        foreach (var kind in Kinds)
        {
            if (string.Equals(kind.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw Bad(text, "the kind must be one of " + string.Join(", ", Kinds));
    }

    private static void Set(SandboxFaultRule rule, string text, string name, string? value)
    {
        try
        {
            switch (name.ToUpperInvariant())
            {
                case "TIMES":
                    rule.Times = ParseNumber(value);
                    break;
                case "PROBABILITY":
                    rule.Probability = (double)ParseDecimal(value);
                    break;
                case "SKIP":
                    rule.Skip = ParseNumber(value);
                    break;
                case "DELAY":
                    rule.Delay = ParseDuration(value);
                    break;
                case "RETRYAFTER":
                    rule.RetryAfter = ParseDuration(value);
                    break;
                case "RETRYAFTERASDATE" when value is null:
                    rule.RetryAfterAsDate = true;
                    break;
                case "AFTER" when value is null:
                    rule.AfterChange = true;
                    break;
                default:
                    throw Bad(text, $"there is no option \"{name}{(value is null ? "" : "=" + value)}\"; the options are {Options}");
            }
        }
        catch (Exception e) when (e is BadValueException or ArgumentOutOfRangeException)
        {
            throw Bad(text, $"{name} must be {Wanted(name)}");
        }
    }

    private static string Wanted(string name) => name.ToUpperInvariant() switch
    {
        "TIMES" or "SKIP" => "a whole number from 0 to 2147483647",
        "PROBABILITY" => "a number from 0 to 1",
        "DELAY" => "a duration from 0 to 1 day, for example 200ms, 1.5s or 2min",
        _ => "a duration such as 2, 2s or 1min",
    };

    private static int ParseNumber(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new BadValueException();

    private static decimal ParseDecimal(string? value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadValueException();

    private static TimeSpan ParseDuration(string? value)
    {
        var digits = value?.TrimEnd([.. "minsMINS"]) ?? "";
        var unit = (value?.Substring(digits.Length) ?? "").ToUpperInvariant() switch
        {
            "" or "S" => TimeSpan.TicksPerSecond,
            "MS" => TimeSpan.TicksPerMillisecond,
            "MIN" => TimeSpan.TicksPerMinute,
            _ => throw new BadValueException(),
        };
        var number = ParseDecimal(digits);
        // Far above what any property takes, far below what overflows.
        return number <= uint.MaxValue * 1000m ? TimeSpan.FromTicks((long)(number * unit)) : throw new BadValueException();
    }

    private static FormatException Bad(string text, string why) => new($"the fault \"{text}\" cannot be read: {why}");

    /// <summary>A value that its option cannot have; never leaves this class.</summary>
    private sealed class BadValueException : Exception;
}
