using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Cadenza.Commands.Journal;

/// <summary>Reads the lines of a journal. Each read continues where the last one ended. Not thread-safe.</summary>
internal sealed class JournalReader(string path)
{
    /// <summary>The initial size of the read buffer, in bytes. Nearly every line is shorter.</summary>
    private const int InitialBufferSize = 1 << 16;

    /// <summary>The longest line, in bytes. A file with a longer line is not a journal.</summary>
    private const int MaxLineLength = 1 << 24;

    /// <summary>The first bytes of every line.</summary>
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("{\"v\":");

    private long _lines;

    /// <summary>The position after the last complete line, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Counts lines that this process has written at <see cref="Offset"/>.</summary>
    public void Skip(int lines, long bytes)
    {
        _lines += lines;
        Offset += bytes;
    }

    /// <summary>
    /// Ends the incomplete line of a writer that was killed. If only the line feed was missing, the line is valid.
    /// </summary>
    public List<JournalEntry> EndTruncatedLine(FileStream file)
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

    /// <summary>Reads up to the last complete line.</summary>
    public List<JournalEntry> ReadNew(FileStream file, Action<long>? onBadLine)
    {
        var entries = new List<JournalEntry>();
        if (file.Length <= Offset)
        {
            return entries;
        }

        file.Seek(Offset, SeekOrigin.Begin);
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
                Offset += length + 1;
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
        bool isOtherFile = kept > 0 && Offset == 0 && !IsBeginning(buffer.AsSpan(0, kept));
        return isOtherFile ? throw NotAJournal() : entries;
    }

    private void AddLine(ReadOnlySpan<byte> line, List<JournalEntry> entries, Action<long>? onBadLine)
    {
        _lines++;
        if (JournalFormat.IsNewer(line))
        {
            // The meaning of the line is unknown, so the journal cannot be used safely.
            throw JournalException.Unusable(Messages.NewerJournal(path, _lines));
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

    private JournalException NotAJournal() => JournalException.Unusable(Messages.NotAJournal(path));
}
