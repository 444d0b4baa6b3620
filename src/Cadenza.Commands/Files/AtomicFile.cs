using System;
using System.IO;
using System.Security;

namespace Cadenza.Commands.Files;

/// <summary>
/// Writes a file completely or not at all: to a temporary file in the same folder, which then replaces the existing
/// file. If anything fails, the existing file is unchanged.
/// </summary>
internal static class AtomicFile
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Returns the message of an exception about files; null for any other exception.</summary>
    public static string? FaultOf(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException
            ? exception.Message
            : null;

    /// <summary>Writes the file. A symbolic link stands for the file that it leads to.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="mayReplace">Whether a file that exists at the end may be replaced.</param>
    /// <exception cref="IOException">The file cannot be written. The temporary file is deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written. The temporary file is
    /// deleted.</exception>
    public static void Write(string path, Action<Stream> write, bool mayReplace)
    {
        string target = RegularFile.ResolveLink(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.CadenzaPS.tmp");
        try
        {
            // Readable by its owner only until it gets the permissions of the file that it replaces.
            using (FileStream file = RegularFile.Open(
                temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            using (var stream = new BufferedStream(file, BufferSize))
            {
                write(stream);
                stream.Flush();
                file.Flush(flushToDisk: true);
            }

            Replace(temporary, target, mayReplace);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Whether the attributes or permissions of a file forbid to write it.</summary>
    public static bool IsReadOnly(string path) => new FileInfo(path).IsReadOnly;

    private static void Replace(string temporary, string target, bool mayReplace)
    {
        if (RegularFile.Validate(target) is string fault)
        {
            throw new IOException(Messages.ReplacedMeanwhile(target, fault));
        }

        if (!mayReplace || !File.Exists(target))
        {
            File.Move(temporary, target);
            return;
        }

#if NET
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
            return;
        }
#endif
        if (IsReadOnly(target))
        {
            new FileInfo(target).IsReadOnly = false;
        }

        File.Replace(temporary, target, destinationBackupFileName: null);
    }

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
