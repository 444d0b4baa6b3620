using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Cadenza.Client.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Paths as PowerShell means them: relative to its own location, and by its drives.</summary>
internal static class FilePath
{
    /// <summary>The full paths that wildcards stand for, or the one path where there are none or a file is named so.</summary>
    /// <exception cref="InputException">It is no path of the file system.</exception>
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

    /// <summary>The full path of a file that need not exist.</summary>
    /// <exception cref="InputException">It is no path of the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter)
    {
        (string? full, string? fault) = TryResolve(cmdlet.SessionState.Path, path);
        return full ?? throw new InputException(CadenzaErrorKind.InvalidParameter, $"-{parameter} '{path}' cannot be used: {fault}");
    }

    /// <summary>Gives the path as the file system knows it, or what is wrong with it. Wildcards are taken as they stand.</summary>
    public static (string? Path, string? Fault) TryResolve(PathIntrinsics paths, string path)
    {
        try
        {
            string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out PSDriveInfo _);
            return provider.Name == "FileSystem" ? (resolved, null) : (null, $"it is a path of the provider {provider.Name}, not of the file system.");
        }
        catch (RuntimeException e)
        {
            return (null, e.Message);
        }
    }
}
