using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The file of a journal, shared with other processes: whoever writes holds a lock beside it, sees first what others wrote, and has
/// written to the disk before it goes on. Not for several threads at once.
/// </summary>
internal sealed class JournalFile(string path)
{
    /// <summary>Nearly every line is shorter.</summary>
    private const int UsualLine = 1 << 16;

    /// <summary>A file without a line feed in so many bytes is no journal.</summary>
    private const int MaxLine = 1 << 24;

    private static readonly TimeSpan MaxLockWait = TimeSpan.FromSeconds(30);

    /// <summary>How every line begins.</summary>
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("{\"v\":");

    private long _offset;
    private long _lines;

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>What was written since the last look, up to the last whole line.</summary>
    /// <param name="onBadLine">Is told the number of each line that is none.</param>
    /// <exception cref="JournalException">The file is no journal, or cannot be read.</exception>
    public IReadOnlyList<JournalEntry> ReadNew(Action<long>? onBadLine = null) => Guard("read", () =>
    {
        if (!File.Exists(Path))
        {
            // Found out before the first change, rather than by it.
            return Directory.Exists(System.IO.Path.GetDirectoryName(Path)) && !Directory.Exists(Path)
                ? []
                : throw Unusable($"The journal {Path} cannot be written: there is no such folder, or it is a folder itself.");
        }

        using FileStream file = Open(FileMode.Open, FileAccess.Read);
        return ReadNew(file, onBadLine);
    });

    /// <summary>Writes lines, if that is still right once what others wrote is known.</summary>
    /// <param name="choose">Given what others wrote, makes the lines.</param>
    /// <exception cref="JournalException">The file is no journal, or cannot be written.</exception>
    public void Append(Func<IReadOnlyList<JournalEntry>, IReadOnlyList<JournalEntry>> choose) => Guard("written", () =>
    {
        using FileStream turn = TakeTurn();
        using FileStream file = Open(FileMode.OpenOrCreate, FileAccess.ReadWrite);
        List<JournalEntry> others = ReadNew(file, onBadLine: null);
        if (file.Length > _offset)
        {
            others.AddRange(EndTruncatedLine(file));
        }

        IReadOnlyList<JournalEntry> lines = choose(others);
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

    /// <summary>What a writer left behind that was killed gets a line of its own. Where only its line feed is missing, it counts.</summary>
    private List<JournalEntry> EndTruncatedLine(FileStream file)
    {
        if (file.Length < Beginning.Length)
        {
            // Too little to know a journal by, later.
            file.SetLength(0);
            return [];
        }

        file.Seek(0, SeekOrigin.End);
        file.WriteByte((byte)'\n');
        file.Flush();
        return ReadNew(file, onBadLine: null);
    }

    /// <summary>Reads on from where the last look ended.</summary>
    private List<JournalEntry> ReadNew(FileStream file, Action<long>? onBadLine)
    {
        var entries = new List<JournalEntry>();
        file.Seek(_offset, SeekOrigin.Begin);
        byte[] buffer = new byte[UsualLine];
        int kept = 0;
        int read;
        while ((read = file.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            int end = kept + read;
            int start = 0;
            int length;
            while ((length = Array.IndexOf(buffer, (byte)'\n', start, end - start) - start) >= 0)
            {
                Take(buffer.AsSpan(start, length), entries, onBadLine);
                start += length + 1;
                _offset += length + 1;
            }

            kept = end - start;
            Array.Copy(buffer, start, buffer, 0, kept);
            if (kept == buffer.Length)
            {
                if (kept >= MaxLine || !IsBeginning(buffer))
                {
                    throw NoJournal();
                }

                Array.Resize(ref buffer, kept * 2);
            }
        }

        if (kept > 0)
        {
            onBadLine?.Invoke(_lines + 1);
        }

        // A first line that is none and was not cut off tells that this is some other file, which must not be written to.
        return kept > 0 && _offset == 0 && !IsBeginning(buffer.AsSpan(0, kept)) ? throw NoJournal() : entries;
    }

    private void Take(ReadOnlySpan<byte> line, List<JournalEntry> entries, Action<long>? onBadLine)
    {
        _lines++;
        if (JournalFormat.IsNewer(line))
        {
            // What it says of a change cannot be known, and must not be passed over.
            throw Unusable($"Line {_lines} of {Path} was written by a newer version of this module.");
        }

        if (JournalFormat.Read(line, _lines) is JournalEntry entry)
        {
            entries.Add(entry);
        }
        else if (_lines == 1 && (line.Length < Beginning.Length || !IsBeginning(line)))
        {
            throw NoJournal();
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

    /// <summary>Waits until nobody else writes.</summary>
    private FileStream TakeTurn()
    {
        DateTime end = DateTime.UtcNow + MaxLockWait;
        for (int wait = 1; ; wait = Math.Min(wait * 2, 20))
        {
            try
            {
                return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException e) when (e is not PathTooLongException && DateTime.UtcNow < end && Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unusable($"The journal {Path} cannot be {verb}: {e.Message}");
        }
    }

    private JournalException NoJournal() => Unusable($"{Path} is no journal.");

    private static JournalException Unusable(string message) =>
        new(CadenzaErrorKind.JournalUnusable, TextSanitizer.SanitizeMessage(message)!);
}
