using System;
using System.IO;
using System.Security;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// A file that is written completely or not at all: to a temporary file in the same folder, which then replaces the
/// existing file. If anything fails, the existing file is unchanged.
/// </summary>
internal sealed class ReportFile(string path)
{
    /// <summary>The path in the file system.</summary>
    public string Path { get; } = path;

    /// <summary>Returns why a file cannot be written, or null if no reason is known before writing.</summary>
    public static string? Validate(string path, bool mayReplace, bool mayReplaceReadOnly)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder.";
        }

        if (System.IO.Path.GetDirectoryName(path) is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            return "the folder does not exist.";
        }

        if (!File.Exists(path))
        {
            return null;
        }

        // Replacing a device would turn it into a file.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return "it is not a regular file.";
        }

        if (!mayReplace)
        {
            return "the file already exists and -NoClobber was specified.";
        }

        return mayReplaceReadOnly || !IsReadOnly(path) ? null : "the file is read-only. Use -Force to replace it.";
    }

    /// <summary>Returns the message of an exception about files; null for any other exception.</summary>
    public static string? FaultOf(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException
            ? exception.Message
            : null;

    /// <summary>Writes the file.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="mayReplace">Whether a file that exists at the end may be replaced.</param>
    /// <exception cref="IOException">The file cannot be written. The temporary file is deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written. The temporary file is
    /// deleted.</exception>
    public void Write(Action<Stream> write, bool mayReplace)
    {
        string target = ResolveLink(Path);
        string temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.{nameof(CadenzaPS)}.tmp");
        try
        {
            using (var stream = new FileStream(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(temporary, target, mayReplace);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void Replace(string temporary, string target, bool mayReplace)
    {
        if (!mayReplace || !File.Exists(target))
        {
            File.Move(temporary, target);
            return;
        }

        if (IsReadOnly(target))
        {
            new FileInfo(target).IsReadOnly = false;
        }

        File.Replace(temporary, target, destinationBackupFileName: null);
    }

    /// <summary>Returns the target of a symbolic link, so that the link itself is kept.</summary>
    private static string ResolveLink(string path)
    {
#if NET
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
#else
        return path;
#endif
    }

    private static bool IsReadOnly(string path) => new FileInfo(path).IsReadOnly;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FaultOf(e) is not null)
        {
            // The original exception is the one to report.
        }
    }
}
