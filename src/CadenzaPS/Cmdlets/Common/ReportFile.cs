using System;
using System.IO;
using System.Security;
using Cadenza.Commands.Files;
using CadenzaPS.Errors;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// A file that is written completely or not at all: to a temporary file in the same folder, which then replaces the
/// existing file. If anything fails, the existing file is unchanged.
/// </summary>
internal sealed class ReportFile(string path)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The path in the file system.</summary>
    public string Path { get; } = path;

    /// <summary>Returns why a file cannot be written, or null if no reason is known before writing.</summary>
    public static string? Validate(string path, bool mayReplace, bool mayReplaceReadOnly)
    {
        if (TryResolveLink(path) is not string target)
        {
            return InputMessages.UnusableLink;
        }

        if (RegularFile.Validate(target) is string fault)
        {
            return fault;
        }

        if (System.IO.Path.GetDirectoryName(target) is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            return InputMessages.NoFolder;
        }

        // The files of the kernel look like regular files.
        if (target.StartsWith("/proc/", StringComparison.Ordinal)
            || target.StartsWith("/sys/", StringComparison.Ordinal))
        {
            return RegularFile.NotRegular;
        }

        if (!File.Exists(target))
        {
            return null;
        }

        if (!mayReplace)
        {
            return InputMessages.FileExists;
        }

        return mayReplaceReadOnly || !IsReadOnly(target) ? null : InputMessages.FileIsReadOnly;
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
        string target = RegularFile.ResolveLink(Path);
        string temporary = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.{nameof(CadenzaPS)}.tmp");
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

    private static void Replace(string temporary, string target, bool mayReplace)
    {
        if (RegularFile.Validate(target) is string fault)
        {
            throw new IOException(InputMessages.ReplacedMeanwhile(target, fault));
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

    /// <summary>Returns the target of a symbolic link, which is written instead; null if links are circular.</summary>
    private static string? TryResolveLink(string path)
    {
        try
        {
            return RegularFile.ResolveLink(path);
        }
        catch (Exception e) when (FaultOf(e) is not null)
        {
            return null;
        }
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
