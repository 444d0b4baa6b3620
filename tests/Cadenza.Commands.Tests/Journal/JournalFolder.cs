namespace Cadenza.Commands.Tests.Journal;

/// <summary>A temporary folder for a journal.</summary>
internal sealed class JournalFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cadenza-journal");

    public string File => Path.Combine(_folder.FullName, "j.jsonl");

    public string LockFile => File + ".lock";

    public string Text => System.IO.File.ReadAllText(File);

    public string[] Lines => System.IO.File.Exists(File) ? System.IO.File.ReadAllLines(File) : [];

    /// <summary>The lines of the journal as "event action id-or-nickname".</summary>
    public string[] Story => Tell(Entries);

    public IReadOnlyList<JournalEntry> Entries =>
        System.IO.File.Exists(File)
            ? ChangeJournal.Read(File, static number => throw new InvalidDataException($"Line {number} is not valid."))
            : [];

    public static CadenzaConnection Connect(Uri? address = null) =>
        TestConnections.Connect(address ?? new Uri("https://sandbox.invalid/"));

    /// <summary>Returns lines as "event action id-or-nickname".</summary>
    public static string[] Tell(IEnumerable<JournalEntry> entries) =>
        [.. entries.Select(static entry => $"{entry.Event} {entry.Action} {entry.CredentialId ?? entry.Nickname}")];

    public ChangeJournal Open(CadenzaConnection? connection = null) =>
        ChangeJournal.Open(File, connection ?? Connect());

    /// <summary>Simulates a run that crashed after it wrote its intents.</summary>
    public async Task CrashAfterIntentsAsync(
        CadenzaConnection connection, DateTimeOffset? since, params JournaledChange[] changes)
    {
        ChangeJournal journal = Open(connection);
        foreach (JournaledChange journaled in changes)
        {
            await journal.BeginAsync(journal.Decide(journaled).Change, since);
        }

        journal.Abandon();
    }

    /// <summary>Simulates a run at the default server that crashed after it wrote its intents.</summary>
    public Task CrashAfterIntentsAsync(params JournaledChange[] changes) =>
        CrashAfterIntentsAsync(Connect(), since: null, changes);

    /// <summary>Simulates a run at the default server that completed each of these changes.</summary>
    public Task EndAsync(string outcome, params JournaledChange[] changes) => EndAsync(Connect(), outcome, changes);

    /// <summary>Simulates a run that completed each of these changes.</summary>
    public async Task EndAsync(CadenzaConnection connection, string outcome, params JournaledChange[] changes)
    {
        using ChangeJournal journal = Open(connection);
        foreach (JournaledChange journaled in changes)
        {
            JournaledChange change = journal.Decide(journaled).Change;
            await journal.BeginAsync(change, since: null);
            await journal.EndAsync(
                change, outcome, new JournalResult(null, Attempts: 1, RequestId: null, ErrorId: null, Message: null));
        }
    }

    /// <summary>Appends lines as another run does.</summary>
    public async Task AppendAsync(params JournalEntry[] lines)
    {
        using var file = new JournalFile(File);
        await file.AppendAsync(Guid.NewGuid().ToString("N"), _ => lines);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    public static JournaledChange Revoke(string id) => new(ChangeKind.Revoke.Verb, id, "OKX", "desk " + id);

    public static JournaledChange Rotate(string id) => new(ChangeKind.Rotate.Verb, id, "OKX", "desk " + id);

    public static JournaledChange Create(string nickname) => new(ChangeKind.Create.Verb, null, "OKX", nickname);

    public static byte[] Bytes(JournalEntry entry)
    {
        using var stream = new MemoryStream();
        JournalFormat.Write(stream, [entry]);
        return stream.ToArray();
    }

    public static JournalEntry Entry(
        string kind, string action = "revoke", string? id = "a", string run = "other", int pid = 0,
        string? nickname = "desk") => new()
    {
        Time = new DateTimeOffset(2026, 3, 1, 12, 30, 15, 678, TimeSpan.Zero),
        Event = kind,
        Action = action,
        CredentialId = id,
        Venue = "OKX",
        Nickname = nickname,
        Environment = "Uat",
        Server = "api.example",
        User = "ops",
        Host = "machine",
        ProcessId = pid,
        RunId = run,
    };
}
