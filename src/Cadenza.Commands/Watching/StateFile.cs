using System;
using System.IO;
using System.Text.Json;
using Cadenza.Client.Errors;
using Cadenza.Client.Text;
using Cadenza.Commands.Files;

namespace Cadenza.Commands.Watching;

/// <summary>The file that keeps the last complete list for a later run.</summary>
/// <param name="path">The full path. A symbolic link stands for the file that it leads to.</param>
internal sealed class StateFile(string path)
{
    /// <summary>The full path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>Reads the state. Returns null if the file does not exist.</summary>
    /// <param name="server">The server of the connection.</param>
    /// <exception cref="InputException">
    /// <see cref="CadenzaErrorKind.StateUnusable"/>: the file cannot be read, is damaged, or is of another server.
    /// </exception>
    public CredentialSnapshot? Load(string server) => Guard<CredentialSnapshot?>(() =>
    {
        string target = RegularFile.ResolveLink(Path);
        if (RegularFile.Validate(target) is string fault)
        {
            throw Unusable(fault);
        }

        if (!File.Exists(target))
        {
            // Report this before the first list, not when the state is written.
            return Directory.Exists(System.IO.Path.GetDirectoryName(target))
                ? null
                : throw Unusable(Messages.NoStateFolder);
        }

        using FileStream file = RegularFile.Open(
            target, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var buffered = new BufferedStream(file);
        CredentialSnapshot snapshot = StateFormat.Read(buffered);
        return snapshot.Server.Equals(server, StringComparison.OrdinalIgnoreCase)
            ? snapshot
            : throw Unusable(Messages.StateOfOtherServer(TextSanitizer.Sanitize(snapshot.Server), server));
    });

    /// <summary>Replaces the file.</summary>
    /// <exception cref="InputException">
    /// <see cref="CadenzaErrorKind.StateUnusable"/>: the file cannot be written. It is unchanged.
    /// </exception>
    public void Save(CredentialSnapshot snapshot) => Guard(() =>
    {
        AtomicFile.Write(Path, stream => StateFormat.Write(stream, snapshot), mayReplace: true);
        return true;
    });

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (NewerStateException)
        {
            throw Unusable(Messages.NewerState);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw Unusable(Messages.DamagedState);
        }
        catch (Exception e) when (AtomicFile.FaultOf(e) is not null)
        {
            throw Unusable(AtomicFile.FaultOf(e)!);
        }
    }

    private InputException Unusable(string reason) => new(
        CadenzaErrorKind.StateUnusable, TextSanitizer.SanitizeMessage(Messages.UnusableState(Path, reason))!);
}
