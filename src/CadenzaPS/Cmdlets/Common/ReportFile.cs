using System;
using System.IO;
using Cadenza.Commands.Files;
using CadenzaPS.Errors;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>
/// A file that is written completely or not at all. If anything fails, the existing file is unchanged.
/// </summary>
internal sealed class ReportFile(string path)
{
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

        return mayReplaceReadOnly || !AtomicFile.IsReadOnly(target) ? null : InputMessages.FileIsReadOnly;
    }

    /// <summary>Returns the message of an exception about files; null for any other exception.</summary>
    public static string? FaultOf(Exception exception) => AtomicFile.FaultOf(exception);

    /// <summary>Writes the file. See <see cref="AtomicFile.Write"/>.</summary>
    /// <param name="write">Writes the content.</param>
    /// <param name="mayReplace">Whether a file that exists at the end may be replaced.</param>
    public void Write(Action<Stream> write, bool mayReplace) => AtomicFile.Write(Path, write, mayReplace);

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
}
