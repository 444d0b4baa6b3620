using System;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace Cadenza.Commands.Journal;

/// <summary>Who writes to a journal, and whether somebody who wrote is still at it.</summary>
internal sealed class RunIdentity : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Running = new(StringComparer.Ordinal);
    /// <summary>How far the start of a process, which the system computes, may be off.</summary>
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(2);

#if NET
    public static int ProcessId { get; } = Environment.ProcessId;
#else
    public static int ProcessId { get; } = Process.GetCurrentProcess().Id;
#endif

    public RunIdentity() => Running[Id] = true;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public string Host { get; } = Environment.MachineName;

    public string User { get; } = Environment.UserName;

    /// <summary>
    /// Whether the run that wrote the line may still end it. One of another machine cannot be asked after: its lines are taken for
    /// those of a dead one, as after a container was moved.
    /// </summary>
    public bool IsAlive(JournalEntry line)
    {
        if (!line.Host.Equals(Host, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (line.ProcessId == ProcessId)
        {
            return Running.ContainsKey(line.RunId);
        }

        if (line.ProcessId <= 0)
        {
            return false;
        }

        try
        {
            // The number may have been given to a younger process.
            using Process process = Process.GetProcessById(line.ProcessId);
            return !process.HasExited && !IsZombie(line.ProcessId) && process.StartTime.ToUniversalTime() <= line.Time.UtcDateTime + Drift;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether it ended and nobody has waited for it, as for ever in a container whose first process is no init. Only Linux tells.
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

    public void Dispose() => Running.TryRemove(Id, out _);
}
