using System;
using System.IO;

namespace Cadenza.Commands.Files;

/// <summary>
/// Opens regular files only. A folder, pipe, socket or device is an error at once: to open a pipe could block forever,
/// and a file that replaces a device would break the machine.
/// </summary>
internal static class RegularFile
{
    /// <summary>Why a path cannot be used, as the rest of a sentence.</summary>
    public const string NotRegular = Messages.NotRegularFile;

#if NET
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
#endif

    /// <summary>Returns the path of the file that a symbolic link leads to, which need not exist.</summary>
    /// <exception cref="IOException">The links are circular or cannot be read.</exception>
    public static string ResolveLink(string path)
    {
#if NET
        return new FileInfo(path).LinkTarget is null
            ? path
            : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
#else
        return path;
#endif
    }

    /// <summary>
    /// Returns an error as the rest of a sentence if there is something else than a regular file; null if there is a
    /// regular file or nothing. Opens nothing.
    /// </summary>
    public static string? Validate(string path)
    {
        if (Directory.Exists(path))
        {
            return Messages.IsFolder;
        }

#if NET
        if (!OperatingSystem.IsWindows() && FileStatus.Of(path) is { IsRegular: false })
        {
            return NotRegular;
        }
#endif
        return null;
    }

    /// <summary>
    /// Opens a file. A new file is readable by its owner only, on Linux and macOS. The type of the file is checked
    /// before it is opened and on the open handle.
    /// </summary>
    /// <exception cref="IOException">It is not a regular file, or it cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be opened.</exception>
    public static FileStream Open(
        string path, FileMode mode, FileAccess access, FileShare share, FileOptions options = FileOptions.None)
    {
        if (Validate(path) is string fault)
        {
            throw new IOException(Messages.UnusableFile(path, fault));
        }

        FileStream file = OpenUnchecked(path, mode, access, share, options);
        if (IsRegular(file))
        {
            return file;
        }

        file.Dispose();
        throw new IOException(Messages.UnusableFile(path, NotRegular));
    }

    /// <summary>Makes an open file readable by its owner only, on Linux and macOS.</summary>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    internal static void RestrictToOwner(FileStream file)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            if (FileStatus.Of(file.SafeFileHandle) is { IsOwn: false })
            {
                throw new UnauthorizedAccessException(Messages.OtherOwner(file.Name));
            }

            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly);
        }
#endif
    }

    /// <summary>
    /// Whether the path still leads to the open file. On Windows, an open file that does not share deletion cannot be
    /// deleted or replaced.
    /// </summary>
    internal static bool IsAt(string path, FileStream file)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            return FileStatus.Of(file.SafeFileHandle) is FileStatus open && FileStatus.Of(path) is FileStatus found
                && open.IsSameAs(found);
        }
#endif
        return File.Exists(path);
    }

    private static bool IsRegular(FileStream file)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            return FileStatus.Of(file.SafeFileHandle) is { IsRegular: true };
        }
#endif
        return file.CanSeek;
    }

    private static FileStream OpenUnchecked(
        string path, FileMode mode, FileAccess access, FileShare share, FileOptions options)
    {
        // No buffer: another process may change the file between two reads.
        const int NoBuffer = 1;
#if NET
        var all = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
            Options = options,
            BufferSize = NoBuffer,
        };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
        {
            all.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, all);
#else
        return new FileStream(path, mode, access, share, NoBuffer, options);
#endif
    }
}
