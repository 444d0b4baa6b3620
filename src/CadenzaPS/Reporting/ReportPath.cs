using System.Management.Automation;

namespace CadenzaPS.Reporting;

/// <summary>Paths as PowerShell knows them: relative to the current location, on drives of its own.</summary>
internal static class ReportPath
{
    /// <summary>Gives the path as the file system knows it, or what is wrong with it. Wildcards are taken as they stand.</summary>
    public static (string? Path, string? Fault) Resolve(PathIntrinsics paths, string path)
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
