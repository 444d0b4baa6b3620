using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace Cadenza.Commands.Journal;

/// <summary>Identifies a run that writes to a journal, and determines whether another run is still active.</summary>
internal sealed class RunIdentity(string journal)
{
    /// <summary>The inaccuracy of a process start time, which the operating system calculates.</summary>
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(2);

    /// <summary>A run that has ended stays ended.</summary>
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

#if NET
    public static int ProcessId { get; } = Environment.ProcessId;
#else
    public static int ProcessId { get; } = Process.GetCurrentProcess().Id;
#endif

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Host { get; } = Environment.MachineName;

    public string User { get; } = Environment.UserName;

    /// <summary>Whether the run that wrote the line is still active and may write its result.</summary>
    public bool IsAlive(JournalEntry line)
    {
        if (_ended.Contains(line.RunId))
        {
            return false;
        }

        bool isAlive = line.HasRunLock ? RunLock.IsHeld(journal, line.RunId) : IsProcessAlive(line);
        if (!isAlive)
        {
            _ended.Add(line.RunId);
        }

        return isAlive;
    }

    /// <summary>
    /// For lines of versions that did not lock a file. A run on another machine cannot be checked and counts as ended,
    /// for example after a container was moved.
    /// </summary>
    private bool IsProcessAlive(JournalEntry line)
    {
        if (line.ProcessId <= 0 || !line.Host.Equals(Host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            // The operating system may have assigned the id to a newer process.
            using var process = Process.GetProcessById(line.ProcessId);
            return !process.HasExited && !IsZombie(line.ProcessId)
                && process.StartTime.ToUniversalTime() <= line.Time.UtcDateTime + StartTimeTolerance;
        }
        catch (Exception e) when (
            e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether the process has exited but was not reaped. In a container without an init process, it stays in this
    /// state forever. Detected on Linux only.
    /// </summary>
    private static bool IsZombie(int process)
    {
        try
        {
            string stat = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat"));
            int nameEnd = stat.LastIndexOf(')');
            return nameEnd > 0 && nameEnd + 2 < stat.Length && stat[nameEnd + 2] is 'Z' or 'X';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
