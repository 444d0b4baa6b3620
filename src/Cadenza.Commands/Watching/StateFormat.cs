using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Watching;

/// <summary>The JSON format of a state file. docs/runbooks.md describes it.</summary>
internal static class StateFormat
{
    private const string Name = "CadenzaPS credential state";
    private const int Version = 1;

    /// <summary>Writes the state.</summary>
    public static void Write(Stream output, CredentialSnapshot snapshot)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("format", Name);
        json.WriteNumber("version", Version);
        json.WriteString("server", snapshot.Server);
        json.WriteString("time", snapshot.Time);
        json.WriteNumber("count", snapshot.Count);
        json.WriteStartArray("credentials");
        foreach (WatchedCredential row in snapshot.Rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads the state.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="FormatException">It is not the JSON of a state file.</exception>
    /// <exception cref="NewerStateException">A newer version of this module wrote it.</exception>
    public static CredentialSnapshot Read(Stream input)
    {
        using var document = JsonDocument.Parse(input);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Text(root, "format") != Name)
        {
            throw new FormatException();
        }

        if (Number(root, "version") is not Version and int version)
        {
            throw version > Version ? new NewerStateException() : new FormatException();
        }

        string server = Text(root, "server") ?? throw new FormatException();
        var snapshot = new CredentialSnapshot(server, Time(root, "time") ?? throw new FormatException());
        foreach (JsonElement row in Member(root, "credentials", JsonValueKind.Array)!.Value.EnumerateArray())
        {
            snapshot.Add(ReadRow(row, server));
        }

        return snapshot.Count == Number(root, "count") ? snapshot : throw new FormatException();
    }

    private static void Write(Utf8JsonWriter json, in WatchedCredential row)
    {
        CadenzaCredential credential = row.Credential;
        json.WriteStartObject();
        json.WriteString("credentialId", credential.CredentialId);
        Write(json, "venue", credential.Venue);
        Write(json, "nickname", credential.Nickname);
        Write(json, "credentialType", credential.CredentialType);
        Write(json, "status", credential.Status);
        Write(json, "createdAt", credential.CreatedAt);
        Write(json, "updatedAt", credential.UpdatedAt);
        Write(json, "revokedAt", credential.RevokedAt);
        Write(json, "keyMark", row.Key == KeyMark.None ? null : row.Key.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    /// <summary>Writes all digits of the time, so that it is not another time after it was read.</summary>
    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value.Value);
        }
    }

    private static WatchedCredential ReadRow(JsonElement row, string server)
    {
        if (row.ValueKind != JsonValueKind.Object
            || Text(row, "credentialId") is not string id
            || CredentialIdRules.Validate(id) is not null)
        {
            throw new FormatException();
        }

        var credential = new CadenzaCredential
        {
            CredentialId = id,
            Venue = Text(row, "venue"),
            Nickname = Text(row, "nickname"),
            CredentialType = Text(row, "credentialType"),
            Status = Text(row, "status"),
            CreatedAt = Time(row, "createdAt"),
            UpdatedAt = Time(row, "updatedAt"),
            RevokedAt = Time(row, "revokedAt"),
            Server = server,
        };
        return new WatchedCredential(credential, Mark(row));
    }

    private static ulong Mark(JsonElement row)
    {
        if (Text(row, "keyMark") is not string text)
        {
            return KeyMark.None;
        }

        return ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mark)
            ? mark
            : throw new FormatException();
    }

    /// <summary>Returns a member of a kind; null if there is none, unless it is required.</summary>
    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind)
    {
        bool exists = element.TryGetProperty(name, out JsonElement value);
        return !exists && kind != JsonValueKind.Array ? null
            : exists && value.ValueKind == kind ? value
            : throw new FormatException();
    }

    /// <summary>Sanitizes the text because a file can come from any source.</summary>
    private static string? Text(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.String)?.GetString() is string text
            ? TextSanitizer.Sanitize(text)
            : null;

    private static int Number(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.Number) is JsonElement value && value.TryGetInt32(out int number)
            ? number
            : throw new FormatException();

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.String)?.GetDateTimeOffset();
}
