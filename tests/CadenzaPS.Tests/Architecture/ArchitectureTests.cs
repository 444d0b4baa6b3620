using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Cadenza.Audit;
using Cadenza.Client;
using Cadenza.Commands;
using Cadenza.Sandbox;
using CadenzaPS.Loading;
using Xunit;

namespace CadenzaPS.Tests.Architecture;

/// <summary>The layers of docs/design.md, checked in the compiled assemblies: types, members, signatures and method bodies.</summary>
public sealed class ArchitectureTests
{
    /// <summary>The folders of Cadenza.Client from bottom to top. A folder uses itself and what stands before it.</summary>
    internal static readonly string[] ClientLayers =
        ["Errors", "Models", "Text", "Security", "Json", "Http", "Authentication", "Paging", "Operations", ""];

    /// <summary>The same for Cadenza.Commands, whose root is at the bottom.</summary>
    internal static readonly string[] CommandLayers =
        ["", "Connections", "Sharding", "Listing", "Impact", "Journal", "Verification", "Changes"];

    public static TheoryData<string> Projects => ["Cadenza.Client", "Cadenza.Commands", "Cadenza.Audit", "Cadenza.Sandbox", "CadenzaPS"];

    [Fact]
    public void No_folder_of_the_client_uses_a_folder_above_it() => AssertLayers(typeof(CadenzaClient).Assembly, ClientLayers);

    [Fact]
    public void No_folder_of_the_commands_uses_a_folder_above_it() => AssertLayers(typeof(ICommandRuntime).Assembly, CommandLayers);

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_namespace_of_every_type_is_its_folder(string project)
    {
        using var assembly = new CompiledAssembly(AssemblyOf(project));

        AssertNone(assembly.TypeFiles
            .Where(file => file.Namespace != NamespaceOf(project, file.Path))
            .Select(static file => $"{file.Namespace}.{file.Name} is in {file.Path}"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_file_of_nearly_every_type_is_known(string project)
    {
        // Without debug information the test above would find nothing wrong, whatever there is.
        using var assembly = new CompiledAssembly(AssemblyOf(project));

        Assert.InRange(assembly.TypeFiles.Count, assembly.TypeCount * 9 / 10, assembly.TypeCount);
    }

    [Fact]
    public void Uses_are_seen_in_signatures_and_in_method_bodies()
    {
        using var client = new CompiledAssembly(typeof(CadenzaClient).Assembly);
        HashSet<string> uses = [.. client.Uses.Select(static use => use.ToString())];

        Assert.Contains("Cadenza.Client.CadenzaClient uses Cadenza.Client.Http.RequestSender", uses); // a field
        Assert.Contains("Cadenza.Client.CadenzaClient uses Cadenza.Client.Http.HttpTransport", uses); // a call only
        Assert.Contains("Cadenza.Client.CadenzaClient uses Cadenza.Client.Authentication.SessionTokens", uses); // a type argument
    }

    private static void AssertLayers(Assembly assembly, string[] layers)
    {
        using var compiled = new CompiledAssembly(assembly);
        string root = assembly.GetName().Name!;
        int LayerOf(string ns) => Array.IndexOf(layers, ns == root ? "" : ns.Substring(root.Length + 1));

        Assert.NotEmpty(compiled.Uses);
        AssertNone(compiled.Uses.Select(static use => use.UserNamespace).Where(ns => LayerOf(ns) < 0));
        AssertNone(compiled.Uses
            .Where(use => LayerOf(use.UsedNamespace) > LayerOf(use.UserNamespace))
            .Select(static use => use.ToString()));
    }

    /// <summary>Unlike Assert.Empty this shows every fault in full.</summary>
    private static void AssertNone(IEnumerable<string> faults)
    {
        string[] found = [.. faults.Distinct().Order(StringComparer.Ordinal)];
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }

    private static Assembly AssemblyOf(string project) => project switch
    {
        "Cadenza.Client" => typeof(CadenzaClient).Assembly,
        "Cadenza.Commands" => typeof(ICommandRuntime).Assembly,
        "Cadenza.Audit" => typeof(CredentialAudit).Assembly,
        "Cadenza.Sandbox" => typeof(SandboxHandler).Assembly,
        _ => typeof(ScopedAssemblyResolver).Assembly,
    };

    /// <summary>The namespace that a file of a project has: src/Cadenza.Client/Http/RetryPolicy.cs is in Cadenza.Client.Http.</summary>
    private static string NamespaceOf(string project, string path)
    {
        string inProject = path.Substring(path.IndexOf($"/src/{project}/", StringComparison.Ordinal) + $"/src/{project}/".Length);
        string[] parts = inProject.Split('/');
        return string.Join('.', [project, .. parts[..^1]]);
    }
}
