namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>What the journal says about a change, as docs/journal.md defines it.</summary>
internal enum ChangeState
{
    /// <summary>There is no line, or the last attempt changed nothing.</summary>
    NotMade,

    /// <summary>It was made.</summary>
    Made,

    /// <summary>A process that has not ended is making it.</summary>
    InProgress,

    /// <summary>It may or may not have been made.</summary>
    Unresolved,

    /// <summary>It may or may not have been made, or it may still be made later.</summary>
    Pending,
}

/// <summary>A line of the journal.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="Event">The word in the file.</param>
/// <param name="Key">The change.</param>
/// <param name="Run">The id of the run.</param>
/// <param name="IsPending">Whether the change may still be made later.</param>
internal sealed record JournalLine(long Number, string Event, string Key, string Run, bool IsPending)
{
    /// <summary>Whether it contains the time of the server.</summary>
    public bool HasSince { get; init; }
}

/// <summary>
/// The content of the journal, read independently of the product: complete lines that are valid JSON count.
/// </summary>
internal sealed class JournalCopy
{
    private readonly List<JournalLine> _lines = [];
    private readonly List<long> _badLines = [];
    private readonly long _completeLines;

    private JournalCopy(byte[] bytes, JournalCopy? earlier)
    {
        Bytes = bytes;
        int start = 0;
        if (earlier is not null && bytes.AsSpan().StartsWith(earlier.Bytes.AsSpan(0, earlier.CompleteLength)))
        {
            start = earlier.CompleteLength;
            _lines.AddRange(earlier._lines);
            _badLines.AddRange(earlier._badLines.Where(number => number <= earlier._completeLines));
        }

        int end;
        while ((end = Array.IndexOf(bytes, (byte)'\n', start)) >= 0)
        {
            if (Parse(bytes.AsMemory(start, end - start)) is JournalLine line)
            {
                _lines.Add(line);
            }
            else
            {
                _badLines.Add(Count + 1);
            }

            start = end + 1;
        }

        CompleteLength = start;
        _completeLines = Count;
        if (start < bytes.Length)
        {
            LacksLineFeed = Parse(bytes.AsMemory(start)) is not null;
            _badLines.Add(Count + 1);
        }
    }

    public byte[] Bytes { get; }

    /// <summary>The number of bytes in complete lines.</summary>
    public int CompleteLength { get; }

    /// <summary>Whether only the line feed of the last line is missing. The next process that writes adds it.</summary>
    public bool LacksLineFeed { get; }

    public IReadOnlyList<JournalLine> Lines => _lines;

    /// <summary>The numbers of the lines that cannot be read.</summary>
    public IReadOnlyList<long> BadLines => _badLines;

    private long Count => _lines.Count + _badLines.Count;

    /// <summary>Reads the journal. Lines that an earlier copy has are not parsed again.</summary>
    public static JournalCopy Read(string path, JournalCopy? earlier) =>
        new(File.Exists(path) ? File.ReadAllBytes(path) : [], earlier);

    public IEnumerable<JournalLine> LinesOf(string key) => _lines.Where(line => line.Key == key);

    /// <summary>Returns what the lines say about a change.</summary>
    /// <param name="key">The change.</param>
    /// <param name="isActive">Whether the run with an id has not ended.</param>
    public ChangeState StateOf(string key, Func<string, bool> isActive)
    {
        // A change that was made stays made.
        if (LinesOf(key).Any(static line => line.Event == "applied"))
        {
            return ChangeState.Made;
        }

        return LinesOf(key).LastOrDefault() switch
        {
            null or { Event: "rejected" or "notSent" } => ChangeState.NotMade,
            { Event: "intent" } line => isActive(line.Run) ? ChangeState.InProgress : ChangeState.Unresolved,
            { IsPending: true } => ChangeState.Pending,
            _ => ChangeState.Unresolved,
        };
    }

    /// <summary>Returns null if the line cannot be read.</summary>
    private JournalLine? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            JsonElement line = document.RootElement;
            string Text(string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
            string action = Text("action");
            string key = ModelItem.KeyOf(
                Text("server"), action, action == "create" ? Text("nickname") : Text("credentialId"));
            string kind = Text("event");
            bool isPending = kind == "accepted" || Text("errorId") == "CadenzaNotCompleted";
            return new JournalLine(Count + 1, kind, key, Text("run"), isPending)
            {
                HasSince = Text("since").Length > 0,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
