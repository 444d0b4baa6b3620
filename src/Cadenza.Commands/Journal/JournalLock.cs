using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Http;
using Cadenza.Commands.Files;

namespace Cadenza.Commands.Journal;

/// <summary>
/// The lock that lets one process at a time write to a journal. It is held on a file beside the journal, which only its
/// owner can open. The file stays open between two writes, so that no write fails for lack of file handles.
/// </summary>
internal sealed class JournalLock(string path, TimeProvider timeProvider) : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(20);

    private FileStream? _file;

    /// <summary>Waits for the lock. The caller must call <see cref="Release"/>.</summary>
    /// <exception cref="IOException">The file cannot be used, or another program keeps the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be used.</exception>
    public async Task AcquireAsync()
    {
        long began = timeProvider.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(1);
        while (!TryAcquire())
        {
            if (timeProvider.GetElapsedTime(began) >= MaxWait)
            {
                throw new IOException(Messages.LockedByOther(path, MaxWait));
            }

            await timeProvider.DelayAsync(pause, CancellationToken.None).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, MaxPause.Ticks));
        }
    }

    public void Release()
    {
        if (_file is not null)
        {
            FileLock.Release(_file);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private bool TryAcquire()
    {
        _file ??= TryOpen();
        if (_file is null || !FileLock.TryTake(_file))
        {
            return false;
        }

        if (RegularFile.IsAt(path, _file))
        {
            return true;
        }

        // The file was deleted: another process may lock a new one.
        Dispose();
        return false;
    }

    private FileStream? TryOpen()
    {
        FileStream file;
        try
        {
            file = RegularFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (IOException e) when (FileLock.IsBusy(e))
        {
            return null;
        }

        try
        {
            RegularFile.RestrictToOwner(file);
            if (FileLock.IsUnix)
            {
                // .NET has taken a shared lock.
                FileLock.Release(file);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
