#if !CLIENT_NETSTANDARD
// The build for Windows PowerShell runs on Windows only, which does not let an open file be replaced.
using System.Diagnostics;
using System.Net.Sockets;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>A journal is a regular file, readable by its owner, and no other file is written instead.</summary>
public sealed class JournalIntegrityTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly JournalFolder _folder = new();

    /// <summary>What is done to a journal during a run.</summary>
    public enum Harm
    {
        Delete,
        DeleteAndCreate,
        Replace,
        ReplaceByAnotherJournal,
        ReplaceByFolder,
        ReplaceByPipe,
        Empty,
        Truncate,
        Overwrite,
        DeleteRunLock,
    }

    public static TheoryData<Harm> Harms => new(Enum.GetValues<Harm>());

    [Theory]
    [MemberData(nameof(Harms))]
    public async Task A_journal_that_is_changed_during_the_run_ends_it_and_the_other_file_is_not_written(Harm harm)
    {
        using ChangeJournal journal = _folder.Open();
        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("a"), since: null));
        Apply(harm);
        string before = ReadIfFile();

        for (int i = 0; i < 2; i++)
        {
            JournalException e = await Assert.ThrowsAsync<JournalException>(
                () => journal.BeginAsync(JournalFolder.Revoke("b"), since: null).Bounded());
            Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
            Assert.Contains("while the command was running", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, ReadIfFile());
    }

    [Theory]
    [InlineData(Harm.Delete)]
    [InlineData(Harm.Empty)]
    [InlineData(Harm.Overwrite)]
    [InlineData(Harm.ReplaceByAnotherJournal)]
    public async Task A_journal_that_is_changed_before_the_first_line_is_not_written(Harm harm)
    {
        await _folder.EndAsync(JournalFolder.Connect(), JournalEvent.Applied, JournalFolder.Revoke("a"));
        using ChangeJournal journal = _folder.Open();
        Apply(harm);
        string before = ReadIfFile();

        await Assert.ThrowsAsync<JournalException>(
            () => journal.BeginAsync(JournalFolder.Revoke("b"), since: null).Bounded());

        Assert.Equal(before, ReadIfFile());
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("socket")]
    [InlineData("folder")]
    [InlineData("link to /dev/null")]
    [InlineData("link to pipe")]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/tty")]
    public async Task What_is_not_a_regular_file_is_rejected_at_once(string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Make(what, _folder.File + ".special");

        Task work = Task.Run(() => Assert.Throws<JournalException>(
            () => ChangeJournal.Open(path, JournalFolder.Connect())));
        await work.Bounded();
        Task read = Task.Run(() => Assert.Throws<JournalException>(() => ChangeJournal.Read(path, static _ => { })));
        await read.Bounded();
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("folder")]
    [InlineData("link to /dev/null")]
    public async Task A_lock_file_that_is_not_a_regular_file_ends_the_run_at_once(string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Make(what, _folder.LockFile);
        using ChangeJournal journal = _folder.Open();

        JournalException e = await Assert.ThrowsAsync<JournalException>(
            () => journal.BeginAsync(JournalFolder.Revoke("a"), since: null).Bounded());

        Assert.Contains(_folder.LockFile, e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File) && new FileInfo(_folder.File).Length > 0);
    }

    [Fact]
    public async Task New_files_can_be_read_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using ChangeJournal journal = _folder.Open();
        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("a"), since: null));

        string[] files = Directory.GetFiles(Path.GetDirectoryName(_folder.File)!);
        Assert.Equal(3, files.Length);
        foreach (string file in files)
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_lock_file_of_an_older_version_is_restricted_to_its_owner()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await File.WriteAllTextAsync(_folder.LockFile, "");
        File.SetUnixFileMode(_folder.LockFile, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using ChangeJournal journal = _folder.Open();

        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("a"), since: null));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.LockFile));
    }

    [Fact]
    public async Task A_lock_file_of_another_user_is_an_error_at_once()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return;
        }

        await File.WriteAllTextAsync(_folder.LockFile, "");
        Run("chown", "65534", _folder.LockFile);
        using ChangeJournal journal = _folder.Open();

        JournalException e = await Assert.ThrowsAsync<JournalException>(
            () => journal.BeginAsync(JournalFolder.Revoke("a"), since: null).Bounded());

        Assert.Contains("belongs to another user", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_another_program_keeps_is_an_error_after_a_limited_time()
    {
        using var foreign = new FileStream(
            _folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using ChangeJournal journal = ChangeJournal.Open(
            _folder.File, JournalFolder.Connect(), new SkippingTimeProvider());

        JournalException e = await Assert.ThrowsAsync<JournalException>(
            () => journal.BeginAsync(JournalFolder.Revoke("a"), since: null).Bounded());

        Assert.Contains("another program has locked", e.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.LockFile, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_file_that_was_deleted_is_created_again()
    {
        using ChangeJournal journal = _folder.Open();
        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("a"), since: null));
        File.Delete(_folder.LockFile);

        Assert.True(await journal.BeginAsync(JournalFolder.Revoke("b"), since: null).Bounded());

        Assert.True(File.Exists(_folder.LockFile));
    }

    [Fact]
    public async Task A_journal_through_a_link_is_the_journal_that_the_link_leads_to()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string link = _folder.File + ".link";
        File.CreateSymbolicLink(link, _folder.File);
        using ChangeJournal first = _folder.Open();
        using ChangeJournal second = ChangeJournal.Open(link, JournalFolder.Connect());

        Assert.True(await first.BeginAsync(JournalFolder.Revoke("a"), since: null));
        Assert.False(await second.BeginAsync(JournalFolder.Revoke("a"), since: null));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    public void Dispose() => _folder.Dispose();

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string ReadIfFile() => File.Exists(_folder.File) && new FileInfo(_folder.File).LinkTarget is null
        && !IsPipe ? File.ReadAllText(_folder.File) : "";

    private bool IsPipe { get; set; }

    private static string Make(string what, string path)
    {
        switch (what)
        {
            case "pipe":
                Run("mkfifo", path);
                return path;
            case "folder":
                Directory.CreateDirectory(path);
                return path;
            case "socket":
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(path));
                }

                if (!File.Exists(path))
                {
                    Run("python3", "-c", $"import socket; socket.socket(socket.AF_UNIX).bind('{path}')");
                }

                return path;
            case "link to /dev/null":
                File.CreateSymbolicLink(path, "/dev/null");
                return path;
            case "link to pipe":
                Run("mkfifo", path + "2");
                File.CreateSymbolicLink(path, path + "2");
                return path;
            default:
                return what;
        }
    }

    private void Apply(Harm harm)
    {
        string other = _folder.File + ".other";
        byte[] text = File.ReadAllBytes(_folder.File);
        switch (harm)
        {
            case Harm.Delete:
                File.Delete(_folder.File);
                break;
            case Harm.DeleteAndCreate:
                File.Delete(_folder.File);
                File.WriteAllText(_folder.File, "");
                break;
            case Harm.Replace:
                File.WriteAllText(other, new string('x', 10_000));
                File.Move(other, _folder.File, overwrite: true);
                break;
            case Harm.ReplaceByAnotherJournal:
                JournalEntry entry = JournalFolder.Entry(JournalEvent.Applied, nickname: new string('n', 2000));
                File.WriteAllBytes(other, JournalFolder.Bytes(entry));
                File.Move(other, _folder.File, overwrite: true);
                break;
            case Harm.ReplaceByFolder:
                File.Delete(_folder.File);
                Directory.CreateDirectory(_folder.File);
                break;
            case Harm.ReplaceByPipe:
                File.Delete(_folder.File);
                Run("mkfifo", _folder.File);
                IsPipe = true;
                break;
            case Harm.Empty:
                File.WriteAllText(_folder.File, "");
                break;
            case Harm.Truncate:
                File.WriteAllBytes(_folder.File, text[..^1]);
                break;
            case Harm.Overwrite:
                File.WriteAllText(_folder.File, new string('x', text.Length + 100));
                break;
            default:
                File.Delete(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_folder.File)!, "*.run")));
                break;
        }
    }
}
#endif
