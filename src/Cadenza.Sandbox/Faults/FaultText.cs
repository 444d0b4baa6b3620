using System;
using System.Collections.Generic;
using System.Linq;

namespace Cadenza.Sandbox.Faults;

/// <summary>Reads and writes a rule as one line of text.</summary>
internal static class FaultText
{
    /// <exception cref="FormatException">The text is not a rule.</exception>
    public static SandboxFaultRule Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3)
        {
            throw CreateError(text, "write endpoint:kind or endpoint:kind:options");
        }

        string endpoint = parts[0].Trim();
        if (!EndpointPattern.IsValid(endpoint))
        {
            const string Forms = "*, a page such as credential/revoke, or a folder such as credential/*";
            throw CreateError(text, "the endpoint must be " + Forms);
        }

        var rule = new SandboxFaultRule { Endpoint = endpoint, Kind = ParseKind(text, parts[1].Trim()) };
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string option in parts.Length == 3 ? parts[2].Split(',') : [])
        {
            int mark = option.IndexOf('=');
            string name = (mark < 0 ? option : option.Substring(0, mark)).Trim();
            if (!seen.Add(name))
            {
                throw CreateError(text, "the option " + name + " occurs twice");
            }

            Set(rule, text, name, mark < 0 ? null : option.Substring(mark + 1).Trim());
        }

        return rule;
    }

    public static string Write(SandboxFaultRule rule)
    {
        var options = new List<string>();
        foreach (FaultOption option in FaultOptions.All)
        {
            if (option.Get(rule) is { } value)
            {
                options.Add(option.IsFlag ? option.Name : option.Name + "=" + value);
            }
        }

        return rule.Endpoint + ":" + rule.Kind + (options.Count == 0 ? "" : ":" + string.Join(",", options));
    }

    /// <summary>Whether the text can be the value of an option and of a header.</summary>
    public static bool IsWord(string text) =>
        text.Length > 0 && text.All(static c => c is > ' ' and <= '~' and not ',' and not ':');

    private static SandboxFaultKind ParseKind(string text, string name) =>
        EnumText<SandboxFaultKind>.TryParse(name, out SandboxFaultKind kind)
            ? kind
            : throw CreateError(text, "the kind must be one of " + EnumText<SandboxFaultKind>.Names);

    private static void Set(SandboxFaultRule rule, string text, string name, string? value)
    {
        FaultOption? option = Array.Find(
            FaultOptions.All, o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase));
        if (option is null || (option.IsFlag && value is not null))
        {
            string written = value is null ? name : name + "=" + value;
            string known = string.Join(", ", FaultOptions.All.Select(static o => o.Usage));
            throw CreateError(text, $"there is no option \"{written}\"; the options are {known}");
        }

        try
        {
            option.Set(rule, value ?? "");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw CreateError(text, $"{name} must be {option.Expected}");
        }
    }

    private static FormatException CreateError(string text, string reason) =>
        new($"the fault \"{text}\" cannot be read: {reason}");
}
