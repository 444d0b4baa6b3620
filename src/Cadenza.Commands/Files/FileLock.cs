using System;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cadenza.Commands.Files;

/// <summary>
/// An exclusive lock on an open file that the operating system releases when the process ends, however it ends.
/// On Linux and macOS it is <c>flock</c>, which belongs to the open file and not to the process; on Windows it is a
/// lock of one byte. FileShare is not used for it, because an environment variable can turn it off.
/// </summary>
internal static class FileLock
{
    private const int ErrorSharingViolation = unchecked((int)0x80070020);
    private const int ErrorLockViolation = unchecked((int)0x80070021);

    /// <summary>Takes the lock. Returns false if another open file has it.</summary>
    /// <exception cref="IOException">The file system does not support locks.</exception>
    public static bool TryTake(FileStream file)
    {
        if (IsUnix)
        {
            return TryApply(file.SafeFileHandle, Exclusive);
        }

        try
        {
#pragma warning disable CA1416 // Windows only
            file.Lock(0, 1);
#pragma warning restore CA1416
            return true;
        }
        catch (IOException e) when (IsBusy(e))
        {
            return false;
        }
    }

    /// <summary>
    /// Whether nobody has taken the lock of a file that was opened to check that. Several processes can check at the
    /// same time.
    /// </summary>
    public static bool IsFree(FileStream file)
    {
        if (IsUnix)
        {
            return TryApply(file.SafeFileHandle, Shared);
        }

        // The owner of the lock shares the file with nobody, so it could not have been opened.
        return file.CanRead;
    }

    /// <summary>Releases the lock. Also releases the shared lock that .NET takes when it opens a file.</summary>
    public static void Release(FileStream file)
    {
        if (IsUnix)
        {
            TryApply(file.SafeFileHandle, Unlock);
            return;
        }

#pragma warning disable CA1416 // Windows only
        file.Unlock(0, 1);
#pragma warning restore CA1416
    }

    /// <summary>Whether a file could not be opened because another open file has a lock on it.</summary>
    public static bool IsBusy(IOException exception)
    {
        if (IsUnix)
        {
            return exception.HResult == WouldBlock;
        }

        return exception.HResult is ErrorSharingViolation or ErrorLockViolation;
    }

    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;

    /// <summary>Whether the system has flock. Windows PowerShell runs on Windows only.</summary>
#if NET
    public static bool IsUnix => !OperatingSystem.IsWindows();

    private static int WouldBlock => OperatingSystem.IsLinux() ? 11 : 35;
#else
    public static bool IsUnix { get; } = !RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    private static int WouldBlock { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? 11 : 35;
#endif

    private static bool TryApply(SafeFileHandle handle, int operation)
    {
        while (Flock(handle, operation | NonBlocking) != 0)
        {
            int error = Marshal.GetLastWin32Error();
            if (error == WouldBlock)
            {
                return false;
            }

            if (error != Interrupted)
            {
                throw new IOException(Messages.NoLocks(error));
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeFileHandle handle, int operation);
}
