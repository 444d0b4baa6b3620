using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The file of a journal, which several processes can share. A writer locks a file beside it, reads the lines of the
/// other writers, and flushes its own lines to the disk before it releases the lock. Not thread-safe.
/// </summary>
internal sealed class JournalFile(string path)
{
    /// <summary>The initial size of the read buffer, in bytes. Nearly every line is shorter.</summary>
    private const int InitialBufferSize = 1 << 16;

    /// <summary>The longest line, in bytes. A file with a longer line is not a journal.</summary>
    private const int MaxLineLength = 1 << 24;

    private static readonly TimeSpan MaxLockWait = TimeSpan.FromSeconds(30);

    /// <summary>The first bytes of every line.</summary>
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("{\"v\":");

    private long _offset;
    private long _lines;

    /// <summary>The full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Reads the lines that were written since the last read, up to the last complete line.</summary>
    /// <param name="onBadLine">Called with the number of each line that cannot be read.</param>
    /// <exception cref="JournalException">The file is not a journal or cannot be read.</exception>
    public IReadOnlyList<JournalEntry> ReadNew(Action<long>? onBadLine = null) => Guard("read", () =>
    {
        if (!File.Exists(Path))
        {
            // Report this before the first change, not when its line is written.
            return Directory.Exists(System.IO.Path.GetDirectoryName(Path)) && !Directory.Exists(Path)
                ? []
                : throw Unusable(
                    $"The journal {Path} cannot be written: its folder does not exist, or the path is a folder.");
        }

        using FileStream file = Open(FileMode.Open, FileAccess.Read);
        return ReadNew(file, onBadLine);
    });

    /// <summary>Appends lines after it has read the lines of other writers.</summary>
    /// <param name="selectLines">Gets the lines of other writers and returns the lines to write.</param>
    /// <exception cref="JournalException">The file is not a journal or cannot be written.</exception>
    public void Append(
        Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> selectLines) => Guard("written", () =>
    {
        using FileStream fileLock = AcquireLock();
        using FileStream file = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite);
        List<JournalEntry> others = ReadNew(file, onBadLine: null);
        if (file.Length > _offset)
        {
            others.AddRange(EndTruncatedLine(file));
        }

        IReadOnlyList<JournalEntry> lines = selectLines(others);
        if (lines.Count == 0)
        {
            return true;
        }

        using var bytes = new MemoryStream();
        foreach (JournalEntry line in lines)
        {
            JournalFormat.Write(bytes, line);
            _lines++;
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        file.Flush(flushToDisk: true);
        _offset = file.Length;
        return true;
    });

    /// <summary>
    /// Ends the incomplete line of a writer that was killed. If only the line feed was missing, the line is valid.
    /// </summary>
    private List<JournalEntry> EndTruncatedLine(FileStream file)
    {
        if (file.Length < Beginning.Length)
        {
            // Too short to identify the file as a journal later.
            file.SetLength(0);
            return [];
        }

        file.Seek(0, SeekOrigin.End);
        file.WriteByte((byte)'\n');
        file.Flush();
        return ReadNew(file, onBadLine: null);
    }

    /// <summary>Continues at the position where the last read ended.</summary>
    private List<JournalEntry> ReadNew(FileStream file, Action<long>? onBadLine)
    {
        var entries = new List<JournalEntry>();
        file.Seek(_offset, SeekOrigin.Begin);
        byte[] buffer = new byte[InitialBufferSize];
        int kept = 0;
        int read;
        while ((read = file.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            int end = kept + read;
            int start = 0;
            int length;
            while ((length = Array.IndexOf(buffer, (byte)'\n', start, end - start) - start) >= 0)
            {
                AddLine(buffer.AsSpan(start, length), entries, onBadLine);
                start += length + 1;
                _offset += length + 1;
            }

            kept = end - start;
            Array.Copy(buffer, start, buffer, 0, kept);
            if (kept == buffer.Length)
            {
                if (kept >= MaxLineLength || !IsBeginning(buffer))
                {
                    throw NotAJournal();
                }

                Array.Resize(ref buffer, kept * 2);
            }
        }

        if (kept > 0)
        {
            onBadLine?.Invoke(_lines + 1);
        }

        // If the incomplete first line does not begin as a journal does, this is another file and must not be changed.
        bool isOtherFile = kept > 0 && _offset == 0 && !IsBeginning(buffer.AsSpan(0, kept));
        return isOtherFile ? throw NotAJournal() : entries;
    }

    private void AddLine(ReadOnlySpan<byte> line, List<JournalEntry> entries, Action<long>? onBadLine)
    {
        _lines++;
        if (JournalFormat.IsNewer(line))
        {
            // The meaning of the line is unknown, so the journal cannot be used safely.
            throw Unusable($"Line {_lines} of {Path} was written by a newer version of this module.");
        }

        if (JournalFormat.Read(line, _lines) is JournalEntry entry)
        {
            entries.Add(entry);
        }
        else if (_lines == 1 && (line.Length < Beginning.Length || !IsBeginning(line)))
        {
            throw NotAJournal();
        }
        else
        {
            onBadLine?.Invoke(_lines);
        }
    }

    private static bool IsBeginning(ReadOnlySpan<byte> line)
    {
        int length = Math.Min(line.Length, Beginning.Length);
        return line.Slice(0, length).SequenceEqual(Beginning.AsSpan(0, length));
    }

    private FileStream Open(FileMode mode, FileAccess access) =>
        new(Path, mode, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 4096);

    /// <summary>Waits until no other process writes to the journal.</summary>
    private FileStream AcquireLock()
    {
        DateTime end = DateTime.UtcNow + MaxLockWait;
        for (int wait = 1; ; wait = Math.Min(wait * 2, 20))
        {
            try
            {
                return new FileStream(
                    Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException e) when (e is not PathTooLongException && DateTime.UtcNow < end
                && Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
            {
                Thread.Sleep(wait);
            }
        }
    }

    private T Guard<T>(string verb, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unusable($"The journal {Path} cannot be {verb}: {e.Message}");
        }
    }

    private JournalException NotAJournal() => Unusable($"{Path} is not a journal.");

    private static JournalException Unusable(string message) =>
        new(CadenzaErrorKind.JournalUnusable, TextSanitizer.SanitizeMessage(message)!);
}
