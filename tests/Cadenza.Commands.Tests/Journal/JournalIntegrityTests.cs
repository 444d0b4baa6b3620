#if !CLIENT_NETSTANDARD
// The build for Windows PowerShell runs on Windows only, which does not let an open file be replaced.
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using static Cadenza.Commands.Tests.Journal.JournalFolder;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>A journal is a regular file, readable by its owner, and no other file is written instead.</summary>
public sealed class JournalIntegrityTests : JournalTest
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What is done to a journal during a run.</summary>
    private static readonly Dictionary<string, Action<string>> Harms = new()
    {
        ["Delete"] = File.Delete,
        ["DeleteAndCreate"] = static path =>
        {
            File.Delete(path);
            File.WriteAllText(path, "");
        },
        ["Replace"] = static path => Replace(path, Encoding.UTF8.GetBytes(new string('x', 10_000))),
        ["ReplaceByAnotherJournal"] = static path => Replace(
            path, Bytes(Entry(JournalEvent.Applied, nickname: new string('n', 2000)))),
        ["ReplaceByFolder"] = static path =>
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        },
        ["ReplaceByPipe"] = static path =>
        {
            File.Delete(path);
            Run("mkfifo", path);
        },
        ["Empty"] = static path => File.WriteAllText(path, ""),
        ["Truncate"] = static path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]),
        ["Overwrite"] = static path => File.WriteAllText(path, new string('x', File.ReadAllText(path).Length + 100)),
        ["DeleteRunLock"] = static path =>
            File.Delete(Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.run"))),
    };

    public static TheoryData<string> HarmNames => new(Harms.Keys);

    [UnixTheory]
    [MemberData(nameof(HarmNames))]
    public async Task A_journal_that_is_changed_during_the_run_ends_it_and_the_other_file_is_not_written(string harm)
    {
        using ChangeJournal journal = Folder.Open();
        Assert.True(await journal.BeginAsync(Revoke("a")));
        Harms[harm](Folder.File);
        string before = ReadIfFile();

        for (int i = 0; i < 2; i++)
        {
            JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("b")));
            Assert.Equal((CadenzaErrorKind.JournalUnusable, RequestOutcome.NotSent), (e.Kind, e.Outcome));
            TextAssert.Contains("while the command was running", e.Message);
        }

        Assert.Equal(before, ReadIfFile());
    }

    [Theory]
    [InlineData("Delete")]
    [InlineData("Empty")]
    [InlineData("Overwrite")]
    [InlineData("ReplaceByAnotherJournal")]
    public async Task A_journal_that_is_changed_before_the_first_line_is_not_written(string harm)
    {
        await Folder.EndAsync(JournalEvent.Applied, Revoke("a"));
        using ChangeJournal journal = Folder.Open();
        Harms[harm](Folder.File);
        string before = ReadIfFile();

        await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("b")));

        Assert.Equal(before, ReadIfFile());
    }

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
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
        string path = Make(what, Folder.File + ".special");

        await Task.Run(() => Assert.Throws<JournalException>(() => ChangeJournal.Open(path, Connect()))).Bounded();
        await Task.Run(() => Assert.Throws<JournalException>(() => ChangeJournal.Read(path, _ => { }))).Bounded();
    }

    [UnixTheory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("pipe")]
    [InlineData("folder")]
    [InlineData("link to /dev/null")]
    public async Task A_lock_file_that_is_not_a_regular_file_ends_the_run_at_once(string what)
    {
        Make(what, Folder.LockFile);
        using ChangeJournal journal = Folder.Open();

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("a")));

        TextAssert.Contains(Folder.LockFile, e.Message);
        Assert.False(File.Exists(Folder.File) && new FileInfo(Folder.File).Length > 0);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task New_files_can_be_read_by_their_owner_only()
    {
        using ChangeJournal journal = Folder.Open();
        Assert.True(await journal.BeginAsync(Revoke("a")));

        string[] files = Directory.GetFiles(Path.GetDirectoryName(Folder.File)!);
        Assert.Equal(3, files.Length);
        foreach (string file in files)
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
        }
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_lock_file_of_an_older_version_is_restricted_to_its_owner()
    {
        await File.WriteAllTextAsync(Folder.LockFile, "");
        File.SetUnixFileMode(Folder.LockFile, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        using ChangeJournal journal = Folder.Open();

        Assert.True(await journal.BeginAsync(Revoke("a")));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder.LockFile));
    }

    [LinuxFact(needsRoot: true)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_lock_file_of_another_user_is_an_error_at_once()
    {
        await File.WriteAllTextAsync(Folder.LockFile, "");
        Run("chown", "65534", Folder.LockFile);
        using ChangeJournal journal = Folder.Open();

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("a")));

        TextAssert.Contains("belongs to another user", e.Message);
    }

    [Fact]
    public async Task A_lock_that_another_program_keeps_is_an_error_after_a_limited_time()
    {
        using var foreign = new FileStream(
            Folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using ChangeJournal journal = ChangeJournal.Open(Folder.File, Connect(), new SkippingTimeProvider());

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => journal.BeginAsync(Revoke("a")));

        TextAssert.Contains("another program has locked", e.Message);
        TextAssert.Contains(Folder.LockFile, e.Message);
    }

    [Fact]
    public async Task A_lock_file_that_was_deleted_is_created_again()
    {
        using ChangeJournal journal = Folder.Open();
        Assert.True(await journal.BeginAsync(Revoke("a")));
        File.Delete(Folder.LockFile);

        Assert.True(await journal.BeginAsync(Revoke("b")));

        Assert.True(File.Exists(Folder.LockFile));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_journal_through_a_link_is_the_journal_that_the_link_leads_to()
    {
        string link = Folder.File + ".link";
        File.CreateSymbolicLink(link, Folder.File);
        using ChangeJournal first = Folder.Open();
        using ChangeJournal second = ChangeJournal.Open(link, Connect());

        Assert.True(await first.BeginAsync(Revoke("a")));
        Assert.False(await second.BeginAsync(Revoke("a")));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static void Replace(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".other", content);
        File.Move(path + ".other", path, overwrite: true);
    }

    /// <summary>The content of the journal; empty if it is not a file with content, such as a pipe.</summary>
    private string ReadIfFile() => new FileInfo(Folder.File) is { Exists: true, LinkTarget: null, Length: > 0 }
        ? File.ReadAllText(Folder.File)
        : "";

    /// <summary>Creates a file that is not regular, and returns its path.</summary>
    private static string Make(string what, string path)
    {
        Action? make = what switch
        {
            "pipe" => () => Run("mkfifo", path),
            "folder" => () => Directory.CreateDirectory(path),
            "socket" => () => MakeSocket(path),
            "link to /dev/null" => () => File.CreateSymbolicLink(path, "/dev/null"),
            "link to pipe" => () => File.CreateSymbolicLink(path, Make("pipe", path + "2")),
            _ => null,
        };
        make?.Invoke();
        return make is null ? what : path;
    }

    private static void MakeSocket(string path)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
        }

        if (!File.Exists(path))
        {
            Run("python3", "-c", $"import socket; socket.socket(socket.AF_UNIX).bind('{path}')");
        }
    }
}
#endif
