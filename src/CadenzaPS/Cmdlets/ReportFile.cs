using System;
using System.IO;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// A file that appears whole or not at all: written beside its place under another name, then moved there. What was there before stays until
/// then, and stays where anything goes wrong.
/// </summary>
internal sealed class ReportFile(string path)
{
    /// <summary>The file's path in the file system.</summary>
    public string Path { get; } = path;

    /// <summary>Says why a file cannot be written, as far as that shows beforehand, or null where nothing speaks against it.</summary>
    public static string? Validate(string path, bool mayReplace, bool mayReplaceReadOnly)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder.";
        }

        if (System.IO.Path.GetDirectoryName(path) is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            return "there is no such folder.";
        }

        if (!File.Exists(path))
        {
            return null;
        }

        // Moved over, a device would be one no more.
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return "it is no ordinary file.";
        }

        if (!mayReplace)
        {
            return "the file exists, and -NoClobber says not to replace it.";
        }

        return mayReplaceReadOnly || !IsReadOnly(path) ? null : "the file is read-only; -Force replaces it all the same.";
    }

    /// <summary>What an exception says about the file, as a sentence; null for one that is not about files.</summary>
    public static string? FaultOf(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or System.Security.SecurityException or NotSupportedException ? exception.Message : null;

    /// <summary>Writes the file.</summary>
    /// <param name="write">Writes what is in it.</param>
    /// <param name="mayReplace">Whether a file that is there by then may be replaced.</param>
    /// <exception cref="IOException">It cannot be written; nothing is left of the attempt.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(Action<Stream> write, bool mayReplace)
    {
        string target = ResolveLink(Path);
        string parser = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.{nameof(CadenzaPS)}.tmp");
        try
        {
            using (var stream = new FileStream(parser, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            MoveInPlace(parser, target, mayReplace);
        }
        catch
        {
            DeleteQuietly(parser);
            throw;
        }
    }

    private static void MoveInPlace(string parser, string target, bool mayReplace)
    {
        if (!mayReplace || !File.Exists(target))
        {
            File.Move(parser, target);
            return;
        }

        if (IsReadOnly(target))
        {
            new FileInfo(target).IsReadOnly = false;
        }

        File.Replace(parser, target, destinationBackupFileName: null);
    }

    /// <summary>A link stays one: what it leads to is replaced.</summary>
    private static string ResolveLink(string path)
    {
#if NET
        return File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
#else
        return path;
#endif
    }

    private static bool IsReadOnly(string path) => new FileInfo(path).IsReadOnly;

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FaultOf(e) is not null)
        {
            // The exception that led here says more.
        }
    }
}
