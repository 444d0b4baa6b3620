using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Cadenza.Client;
using Microsoft.PowerShell.Commands;

namespace CadenzaPS.Hosting;

/// <summary>Paths as PowerShell means them: relative to its own location, and by its drives.</summary>
internal static class FilePath
{
    /// <summary>The full paths that wildcards stand for, or the one path where there are none or a file is named so.</summary>
    /// <exception cref="CadenzaApiException">It is no path of the file system.</exception>
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
    /// <exception cref="CadenzaApiException">It is no path of the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter)
    {
        string full;
        ProviderInfo provider;
        try
        {
            full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException or NotSupportedException or ArgumentException)
        {
            throw new CadenzaApiException(CadenzaErrorKind.InvalidParameter, RequestOutcome.NotSent, $"-{parameter} cannot be used: {e.Message}");
        }

        return provider.Name == FileSystemProvider.ProviderName
            ? full
            : throw new CadenzaApiException(
                CadenzaErrorKind.InvalidParameter, RequestOutcome.NotSent, $"-{parameter} is no path of the file system: {path}");
    }
}
