using Cadenza.Commands.Results;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// A process that runs one command of the product with the journal. From the moment it is killed, it sends nothing and
/// writes nothing.
/// </summary>
internal sealed class ModelProcess : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly RecordingRuntime _runtime = new() { WantsTrace = false };

    public ModelProcess(ModelSystem system, RunProcess command)
    {
        System = system;
        Number = system.NextProcessNumber();
        Command = command;
        Server = system.Servers[command.Server];
        Items = [.. command.Items.Select(number => Server.Find(command.Action, number))];
        Disk = new ProcessDisk(this);
        Network = new ProcessNetwork(this);
    }

    public ModelSystem System { get; }

    /// <summary>Processes that start later have greater numbers.</summary>
    public int Number { get; }

    public RunProcess Command { get; }

    public ModelServer Server { get; }

    public IReadOnlyList<ModelItem> Items { get; }

    public ProcessDisk Disk { get; }

    public ProcessNetwork Network { get; }

    /// <summary>The id of its run in the journal, from its first request on.</summary>
    public string? RunId { get; set; }

    public bool IsKilled { get; private set; }

    public bool IsCanceled => _cancellation.IsCancellationRequested;

    /// <summary>Whether bytes that it knows were removed from the journal.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether these are more than the last line feed, which another process may add again.</summary>
    public bool HasLostLines { get; set; }

    /// <summary>Whether anything happened because of which it may do something else than the table says.</summary>
    public bool IsDisturbed => IsCanceled || IsCut || Network.HasFailed || Disk.HasFailed
        || Command.ValidatesFirst || Items.Any(Network.IsAccepted);

    public IEnumerable<CredentialResult> Results => _runtime.Written.Cast<CredentialResult>();

    public IEnumerable<string> ErrorIds => _runtime.Errors.Select(static error => error.Id);

    public void Run()
    {
        using CadenzaConnection connection = Connect();
        var file = new JournalFile(System.JournalPath, System.Clock) { OpenFile = Disk.Open };
        ChangeJournal journal = ChangeJournal.Open(file, connection, System.Clock);
        Disk.KnownLength = System.ReadJournal().CompleteLength;
        ProcessRules rules = new(this);
        try
        {
            RunChanges(connection, journal);
        }
        catch (OperationCanceledException) when (IsCanceled)
        {
        }
        finally
        {
            Close(journal);
        }

        rules.Verify();
    }

    public void Cancel() => _cancellation.Cancel();

    public void Kill()
    {
        IsKilled = true;
        Cancel();
    }

    public void ThrowIfKilled()
    {
        if (IsKilled)
        {
            throw new IOException("The process was killed.");
        }
    }

    public void Check(bool isTrue, string rule) => System.Check(isTrue, $"{rule} Process: {Command}");

    public void Dispose() => _cancellation.Dispose();

    private void RunChanges(CadenzaConnection connection, ChangeJournal journal)
    {
        ChangeKind kind = Command.Action switch
        {
            ChangeAction.Revoke => ChangeKind.Revoke,
            ChangeAction.Rotate => ChangeKind.Rotate,
            _ => ChangeKind.Create,
        };
        var options = new ChangeRunOptions
        {
            Journal = journal,
            AsResults = true,
            ThrottleLimit = Command.ThrottleLimit,
            ValidatesFirst = Command.ValidatesFirst,
            CompletionTimeout = Command.Waits ? TimeSpan.FromHours(1) : TimeSpan.Zero,
        };
        using var runner = new ChangeRunner(connection, _runtime, kind, options, _cancellation.Token);
        for (int i = 0; i < Items.Count; i++)
        {
            CredentialReference reference = Items[i].ToReference(i + 1);
            runner.Process(reference, Items[i].ToRequest(reference));
        }

        runner.Complete();
    }

    /// <summary>The operating system closes the files of a process that has ended.</summary>
    private void Close(ChangeJournal journal)
    {
        string[] locks = IsKilled ? Directory.GetFiles(System.Folder, "*.run") : [];
        journal.Abandon();
        foreach (string path in locks.Where(static path => !File.Exists(path)))
        {
            // A process that is killed does not delete the file of its lock.
            File.Create(path).Dispose();
        }
    }

    private CadenzaConnection Connect() => CadenzaConnection.OpenUnchecked(new ConnectionPlan
    {
        BaseUri = Server.Sandbox.BaseAddress,
        Environment = "Sandbox",
        AccessToken = SecretText.Wrap(Server.Token),
        Handler = Network,
        TimeProvider = System.Clock,
        Timing = new RequestTiming(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), MaxRetries: 2),
    });
}
