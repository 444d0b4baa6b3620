using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Cadenza.Client.Errors;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Resolves paths as PowerShell does: relative to its current location, and with its drives.</summary>
internal static class FilePath
{
    /// <summary>
    /// Returns the full paths that match wildcards. A path that names an existing file is not a pattern.
    /// </summary>
    /// <exception cref="InputException">The path is not in the file system.</exception>
    public static IReadOnlyCollection<string> Expand(PSCmdlet cmdlet, string path, string parameter)
    {
        string literal = Resolve(cmdlet, path, parameter);
        if (!WildcardPattern.ContainsWildcardCharacters(path) || File.Exists(literal))
        {
            return [literal];
        }

        try
        {
            return cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException)
        {
            return [literal];
        }
    }

    /// <summary>Returns the full path of a file, which need not exist.</summary>
    /// <exception cref="InputException">The path is not in the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter)
    {
        (string? full, string? fault) = TryResolve(cmdlet.SessionState.Path, path);
        return full ?? throw new InputException(
            CadenzaErrorKind.InvalidParameter, InputMessages.UnusablePath(parameter, path, fault!));
    }

    /// <summary>Returns the full path, or why it cannot be used. Wildcard characters are part of the name.</summary>
    public static (string? Path, string? Fault) TryResolve(PathIntrinsics paths, string path)
    {
        try
        {
            string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? (resolved, null)
                : (null, InputMessages.OtherProvider(provider.Name));
        }
        catch (RuntimeException e)
        {
            return (null, e.Message);
        }
    }
}
