using System;
using System.IO;
using Cadenza.Commands.Files;

namespace Cadenza.Commands.Journal;

/// <summary>
/// Shows to other processes that a run is active: a file beside the journal that the run keeps locked. The operating
/// system releases the lock when the process ends, so it does not depend on a clock or on process ids.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string Suffix = ".run";

    private readonly string _path;
    private readonly FileStream _file;

    private RunLock(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Whether the file is still there. Without it, the run looks ended to other processes.</summary>
    public bool IsIntact => RegularFile.IsAt(_path, _file);

    /// <summary>
    /// Creates the lock of a run and deletes those of runs that were killed. The caller must hold the lock of the
    /// journal: in between, the new file is not locked.
    /// </summary>
    /// <exception cref="IOException">The file cannot be created or locked.</exception>
    public static RunLock Create(string journal, string run)
    {
        DeleteEnded(journal);
        string path = PathOf(journal, run);
        FileStream file = RegularFile.Open(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (FileLock.TryTake(file))
        {
            return new RunLock(path, file);
        }

        file.Dispose();
        throw new IOException(Messages.CannotLock(path));
    }

    /// <summary>Whether a run with a lock is active. If this cannot be determined, it counts as active.</summary>
    public static bool IsHeld(string journal, string run) => IsHeld(PathOf(journal, run));

    public void Dispose() => _file.Dispose();

    private static string PathOf(string journal, string run) => $"{journal}.{run}{Suffix}";

    private static bool IsHeld(string path)
    {
        try
        {
            using FileStream file = RegularFile.Open(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return !FileLock.IsFree(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }

    private static void DeleteEnded(string journal)
    {
        string folder = Path.GetDirectoryName(journal)!;
        foreach (string path in Directory.GetFiles(folder, $"*{Suffix}"))
        {
            if (IsNameOfRun(Path.GetFileName(path), Path.GetFileName(journal)) && !IsHeld(path))
            {
                TryDelete(path);
            }
        }
    }

    /// <summary>Whether it is the name of the journal, the id of a run and the suffix.</summary>
    private static bool IsNameOfRun(string name, string journal) =>
        name.Length == journal.Length + 1 + 32 + Suffix.Length
        && name.StartsWith(journal + ".", StringComparison.Ordinal)
        && name.EndsWith(Suffix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.Substring(journal.Length + 1, 32), "N", out _);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run tries again.
        }
    }
}
