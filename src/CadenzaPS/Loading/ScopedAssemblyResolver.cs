using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CadenzaPS.Loading;

/// <summary>
/// Finds the assemblies that ship with the build for Windows PowerShell, but only for requests of these assemblies. A
/// handler that resolves every request breaks other modules.
/// </summary>
internal sealed class ScopedAssemblyResolver(string folder)
{
    private static readonly HashSet<string> OurNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "CadenzaPS", "Cadenza.Client", "Cadenza.Commands", "Cadenza.Audit", "Cadenza.Sandbox",
    };

    /// <summary>The libraries that were in the folder when the module was imported.</summary>
    private readonly HashSet<string> _shipped = new(
        Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.dll").Select(static file => Path.GetFileNameWithoutExtension(file))
            : [],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The handler for <see cref="AppDomain.AssemblyResolve"/>.</summary>
    public Assembly? OnAssemblyResolve(object? sender, ResolveEventArgs args)
    {
        Assembly? requester = args.RequestingAssembly;
        string? path = FindPath(new AssemblyName(args.Name), requester?.GetName().Name, LocationOf(requester));
        return path is null ? null : Assembly.LoadFrom(path);
    }

    /// <summary>Returns the file for a request, or null if the request does not come from our assemblies.</summary>
    /// <param name="wanted">The name of the requested assembly.</param>
    /// <param name="requester">The simple name of the requesting assembly; null if it is unknown.</param>
    /// <param name="requesterPath">The path of the requesting assembly; null or empty if it is unknown.</param>
    /// <exception cref="FileNotFoundException">The file was deleted after the module was imported.</exception>
    public string? FindPath(AssemblyName wanted, string? requester, string? requesterPath)
    {
        if (!IsOurs(requester, requesterPath)
            || string.IsNullOrEmpty(wanted.Name)
            || wanted.Name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
        {
            return null;
        }

        string path = Path.Combine(folder, wanted.Name + ".dll");
        if (!File.Exists(path))
        {
            return !_shipped.Contains(wanted.Name) ? null : throw new FileNotFoundException(
                $"The files of CadenzaPS in '{folder}' were removed since the module was imported. "
                + "Start a new PowerShell session.",
                path);
        }

        return Satisfies(AssemblyName.GetAssemblyName(path), wanted) ? path : null;
    }

    private bool IsOurs(string? requester, string? requesterPath) =>
        (requester is not null && OurNames.Contains(requester))
        || (!string.IsNullOrEmpty(requesterPath)
            && string.Equals(
                Path.GetDirectoryName(Path.GetFullPath(requesterPath!)),
                Path.GetFullPath(folder),
                StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the publisher is the same and the version is not lower, as for a binding redirect.</summary>
    private static bool Satisfies(AssemblyName shipped, AssemblyName wanted) =>
        (wanted.Version is null || shipped.Version >= wanted.Version)
        && (wanted.GetPublicKeyToken() is not { Length: > 0 } token
            || token.SequenceEqual(shipped.GetPublicKeyToken() ?? []));

    private static string? LocationOf(Assembly? assembly) =>
        assembly is { IsDynamic: false } ? assembly.Location : null;
}
