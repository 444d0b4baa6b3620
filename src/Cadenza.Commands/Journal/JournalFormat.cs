using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Cadenza.Client.Text;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Journal;

/// <summary>The JSON format of a line of a journal. docs/journal.md describes it.</summary>
internal static class JournalFormat
{
    /// <summary>The version of the format. It is the first member of every line.</summary>
    private const int Version = 1;

    /// <summary>The values of <see cref="JournalEvent.All"/> in a file, in the same order.</summary>
    private static readonly string[] EventNames = ["intent", "applied", "rejected", "notSent", "unknown", "accepted"];

    /// <summary>The values of <see cref="ResultVerification.All"/> in a file, in the same order.</summary>
    private static readonly string[] VerifiedNames = ["verified", "notVerified", "notYetKnown"];

    /// <summary>Writes lines, each with a line feed.</summary>
    public static void Write(Stream output, IEnumerable<JournalEntry> entries)
    {
        using var json = new Utf8JsonWriter(output);
        foreach (JournalEntry entry in entries)
        {
            Write(json, entry);
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }
    }

    /// <summary>Whether the line has a later version of the format than this one.</summary>
    public static bool IsNewer(ReadOnlySpan<byte> line)
    {
        const int Start = 5; // The position after {"v":
        int end = line.IndexOf((byte)',');
        return line.StartsWith("{\"v\":"u8) && end > Start
            && Utf8Parser.TryParse(line.Slice(Start, end - Start), out int version, out _) && version > Version;
    }

    /// <summary>Reads a line. Returns null if it is not a valid line, for example if a crash truncated it.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            JsonElement json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object ? Read(json, number) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JournalEntry? Read(JsonElement json, long number)
    {
        int kind = Array.IndexOf(EventNames, Text(json, "event"));
        if (kind < 0 || Text(json, "action") is not string action || Text(json, "server") is not string server
            || Text(json, "run") is not string run || Time(json, "time") is not DateTimeOffset time)
        {
            return null;
        }

        return new JournalEntry
        {
            Time = time,
            Event = JournalEvent.All[kind],
            Action = action,
            CredentialId = Text(json, "credentialId"),
            Venue = Text(json, "venue"),
            Nickname = JournalNickname.Shorten(Text(json, "nickname")),
            ExactNickname = RawText(json, "nickname") is string raw && raw != Text(json, "nickname") ? raw : null,
            Environment = Text(json, "environment") ?? "",
            Server = server,
            SignedInAs = Text(json, "signedInAs"),
            User = Text(json, "user") ?? "",
            Host = Text(json, "host") ?? "",
            ProcessId = Number(json, "pid") ?? 0,
            RunId = run,
            HasRunLock = json.TryGetProperty("runLock", out JsonElement hasLock)
                && hasLock.ValueKind == JsonValueKind.True,
            Verified = FindWord(Text(json, "verified")),
            Attempts = Number(json, "attempts"),
            RequestId = Text(json, "requestId"),
            ErrorId = Text(json, "errorId"),
            Message = Text(json, "message"),
            Since = Time(json, "since"),
            Line = number,
        };
    }

    private static void Write(Utf8JsonWriter json, JournalEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteString("time", UtcTime.FormatIso(entry.Time));
        json.WriteString("event", EventNames[IndexOf(entry.Event)]);
        json.WriteString("action", entry.Action);
        WriteText(json, "credentialId", entry.CredentialId);
        WriteText(json, "venue", entry.Venue);
        WriteText(json, "nickname", JournalNickname.Shorten(entry.Nickname));
        json.WriteString("environment", entry.Environment);
        json.WriteString("server", entry.Server);
        WriteText(json, "signedInAs", entry.SignedInAs);
        json.WriteString("user", entry.User);
        json.WriteString("host", entry.Host);
        json.WriteNumber("pid", entry.ProcessId);
        json.WriteString("run", entry.RunId);
        if (entry.HasRunLock)
        {
            json.WriteBoolean("runLock", true);
        }

        WriteText(json, "verified", FindName(entry.Verified));
        if (entry.Attempts is int attempts)
        {
            json.WriteNumber("attempts", attempts);
        }

        WriteText(json, "requestId", entry.RequestId);
        WriteText(json, "errorId", entry.ErrorId);
        WriteText(json, "message", entry.Message);
        WriteText(json, "since", entry.Since is DateTimeOffset since ? UtcTime.FormatIso(since) : null);
        json.WriteEndObject();
    }

    private static int IndexOf(string kind)
    {
        for (int i = 0; i < JournalEvent.All.Count; i++)
        {
            if (JournalEvent.All[i] == kind)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "The event does not exist.");
    }

    private static string? FindName(string? verified)
    {
        for (int i = 0; i < VerifiedNames.Length; i++)
        {
            if (ResultVerification.All[i] == verified)
            {
                return VerifiedNames[i];
            }
        }

        return null;
    }

    private static string? FindWord(string? name) =>
        Array.IndexOf(VerifiedNames, name) is >= 0 and int index ? ResultVerification.All[index] : null;

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Sanitizes the text because a journal can come from any source.</summary>
    private static string? Text(JsonElement json, string name) =>
        RawText(json, name) is string text ? TextSanitizer.Sanitize(text) : null;

    private static string? RawText(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : null;

    private static DateTimeOffset? Time(JsonElement json, string name) =>
        Text(json, name) is string text
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time)
            ? time
            : null;
}
