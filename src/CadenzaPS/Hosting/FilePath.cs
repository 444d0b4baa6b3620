using System;
using System.Management.Automation;
using Cadenza.Client;
using Microsoft.PowerShell.Commands;

namespace CadenzaPS.Hosting;

/// <summary>Paths as PowerShell means them: relative to its own location, and by its drives.</summary>
internal static class FilePath
{
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
