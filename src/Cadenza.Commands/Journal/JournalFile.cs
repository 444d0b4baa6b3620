using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Text;
using Cadenza.Commands.Files;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The file of a journal, which several processes can share. A writer takes the lock, reads the lines of the other
/// writers, and flushes its own lines to the disk before it releases the lock. From the first write on, the file stays
/// open, and is written only while it is still the file at this path with the content that was read. Not thread-safe.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    /// <summary>How many bytes before the end of the known content show whether it was changed.</summary>
    private const int MaxTail = 256;

    private readonly JournalReader _reader;
    private readonly JournalLock _lock;
    private readonly MemoryStream _lines = new();
    private FileStream? _file;
    private RunLock? _runLock;
    private byte[] _tail = [];
    private JournalException? _failure;
    private bool _isDisposed;

    /// <summary>Creates the object. Opens nothing.</summary>
    /// <param name="path">The full path of the file. A symbolic link stands for the file that it leads to.</param>
    /// <param name="timeProvider">The time that limits waits; null for the time of the system.</param>
    public JournalFile(string path, TimeProvider? timeProvider = null)
    {
        Path = Guard(path, "read", () => RegularFile.ResolveLink(path));
        _reader = new JournalReader(Path);
        _lock = new JournalLock(Path + ".lock", timeProvider ?? TimeProvider.System);
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>Opens the file for writing. Tests replace it.</summary>
    internal Func<string, FileMode, FileShare, FileStream> OpenFile { get; init; } =
        static (path, mode, share) => RegularFile.Open(path, mode, FileAccess.ReadWrite, share);

    /// <summary>Reads the lines that were written since the last read, up to the last complete line.</summary>
    /// <param name="onBadLine">Called with the number of each line that cannot be read.</param>
    /// <exception cref="JournalException">The file is not a journal or cannot be read.</exception>
    public IReadOnlyList<JournalEntry> ReadNew(Action<long>? onBadLine = null) => Guard(Path, "read", () =>
    {
        if (RegularFile.Validate(Path) is string fault)
        {
            throw JournalException.Unusable(Messages.UnusableJournal(Path, fault));
        }

        if (!File.Exists(Path))
        {
            // Report this before the first change, not when its line is written.
            return Directory.Exists(System.IO.Path.GetDirectoryName(Path))
                ? []
                : throw JournalException.Unusable(Messages.NoJournalFolder(Path));
        }

        using FileStream file = RegularFile.Open(
            Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        List<JournalEntry> entries = _reader.ReadNew(file, onBadLine);
        _tail = ReadTail(file);
        return entries;
    });

    /// <summary>Appends lines after it has read the lines of other writers.</summary>
    /// <param name="run">The id of the run that writes. Its lock is created before its first line.</param>
    /// <param name="selectLines">Gets the lines of other writers and returns the lines to write.</param>
    /// <exception cref="JournalException">
    /// The file is not a journal or cannot be written, or it was changed by something that is not a journal. Every
    /// later call fails in the same way.
    /// </exception>
    public async Task AppendAsync(
        string run, Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> selectLines)
    {
        if (_failure is not null || _isDisposed)
        {
            throw _failure ?? JournalException.Unusable(Messages.ClosedJournal(Path));
        }

        try
        {
            await _lock.AcquireAsync().ConfigureAwait(false);
            try
            {
                Append(run, selectLines);
            }
            finally
            {
                _lock.Release();
            }
        }
        catch (JournalException e)
        {
            _failure = e;
            throw;
        }
        catch (Exception e)
        {
            string type = IsFileFailure(e) ? "" : $" ({e.GetType().FullName})";
            throw JournalException.Unusable(Messages.JournalFailure(Path, "written" + type, e.Message));
        }
    }

    /// <summary>Closes the file. Other processes then regard the run as ended.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _file?.Dispose();
        _lines.Dispose();
        _lock.Dispose();
        _runLock?.Dispose();
    }

    private void Append(string run, Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> selectLines)
    {
        FileStream file = _file ??= OpenForWriting();
        ThrowIfChanged(file);
        List<JournalEntry> others = _reader.ReadNew(file, onBadLine: null);
        if (file.Length > _reader.Offset)
        {
            others.AddRange(_reader.EndTruncatedLine(file));
        }

        IReadOnlyList<JournalEntry> lines = selectLines(others);
        if (lines.Count > 0)
        {
            _runLock ??= RunLock.Create(Path, run);
            Write(file, lines);
        }
        else
        {
            _tail = ReadTail(file);
        }
    }

    private FileStream OpenForWriting()
    {
        // On Windows, a file that does not share deletion cannot be deleted or replaced.
        FileShare share = Environment.OSVersion.Platform == PlatformID.Win32NT
            ? FileShare.ReadWrite
            : FileShare.ReadWrite | FileShare.Delete;
        if (_reader.Offset > 0 && !File.Exists(Path))
        {
            throw Changed(Messages.Deleted);
        }

        FileMode mode = _reader.Offset > 0 ? FileMode.Open : FileMode.OpenOrCreate;
        return OpenFile(Path, mode, share);
    }

    private void Write(FileStream file, IReadOnlyList<JournalEntry> lines)
    {
        _lines.SetLength(0);
        JournalFormat.Write(_lines, lines);
        byte[] bytes = _lines.GetBuffer();
        int length = (int)_lines.Length;
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes, 0, length);
        file.Flush(flushToDisk: true);
        long end = _reader.Offset + length;
        if (file.Length < end)
        {
            throw Changed(Messages.Overwritten);
        }

        // If something else has appended to the file, the next read reads these lines again.
        if (file.Length == end)
        {
            _reader.Skip(lines.Count, length);
        }

        _tail = file.Length == end && length >= MaxTail
            ? bytes.AsSpan(length - MaxTail, MaxTail).ToArray()
            : ReadTail(file);
    }

    /// <summary>Detects that the file is no longer the one that was read, so that no other file is written.</summary>
    private void ThrowIfChanged(FileStream file)
    {
        if (!RegularFile.IsAt(Path, file))
        {
            bool isReplaced = File.Exists(Path) || Directory.Exists(Path);
            throw Changed(isReplaced ? Messages.Replaced : Messages.Deleted);
        }

        if (file.Length < _reader.Offset || !ReadTail(file).AsSpan().SequenceEqual(_tail))
        {
            throw Changed(Messages.Overwritten);
        }

        if (_runLock is { IsIntact: false })
        {
            throw JournalException.Unusable(Messages.DeletedRunLock(Path));
        }
    }

    private byte[] ReadTail(FileStream file)
    {
        byte[] tail = new byte[Math.Min(_reader.Offset, MaxTail)];
        file.Seek(_reader.Offset - tail.Length, SeekOrigin.Begin);
        int length = 0;
        int read;
        while (length < tail.Length && (read = file.Read(tail, length, tail.Length - length)) > 0)
        {
            length += read;
        }

        return tail;
    }

    private JournalException Changed(string what) =>
        JournalException.Unusable(Messages.ChangedJournal(Path, what));

    private static bool IsFileFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static T Guard<T>(string path, string verb, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsFileFailure(e))
        {
            throw JournalException.Unusable(Messages.JournalFailure(path, verb, e.Message));
        }
    }
}
