using System;
using System.IO;
using System.Reflection;
using Cadenza.Client.Models;
using CadenzaPS.Loading;
using Xunit;

namespace CadenzaPS.Tests;

/// <summary>The resolver finds our libraries for us and for each other, and for nobody else.</summary>
public sealed class ScopedAssemblyResolverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cadenza-resolver-").FullName;
    private readonly ScopedAssemblyResolver _resolver;

    public ScopedAssemblyResolverTests()
    {
        File.WriteAllText(Path.Combine(_folder, "System.Text.Json.dll"), "");
        _resolver = new ScopedAssemblyResolver(_folder);
    }

    [Theory]
    [InlineData("CadenzaPS")]
    [InlineData("Cadenza.Client")]
    [InlineData("Cadenza.Commands")]
    [InlineData("cadenza.sandbox")]
    public void Our_own_assemblies_are_answered(string requester) =>
        Assert.Equal(Path.Combine(_folder, "System.Text.Json.dll"), _resolver.FindPath("System.Text.Json", requester, requesterPath: null));

    [Fact]
    public void A_library_beside_ours_is_answered() =>
        Assert.NotNull(_resolver.FindPath("System.Text.Json", "System.Memory", Path.Combine(_folder, "System.Memory.dll")));

    [Theory]
    [InlineData("Newtonsoft.Json", "other")]
    [InlineData("CadenzaPS.Other", "other")]
    [InlineData("System.Memory", "")]
    [InlineData("System.Memory", null)]
    [InlineData(null, null)]
    public void Nobody_else_is_answered(string? requester, string? folder) =>
        Assert.Null(_resolver.FindPath(
            "System.Text.Json", requester, folder is "other" ? Path.Combine(Path.GetTempPath(), "other-module", "x.dll") : folder));

    [Fact]
    public void A_folder_below_ours_is_somebody_else() =>
        Assert.Null(_resolver.FindPath("System.Text.Json", "X", Path.Combine(_folder, "sub", "x.dll")));

    [Theory]
    [InlineData("Not.There")]
    [InlineData("../System.Text.Json")]
    [InlineData("")]
    [InlineData(null)]
    public void What_does_not_lie_there_is_not_answered(string? wanted) =>
        Assert.Null(_resolver.FindPath(wanted, "CadenzaPS", requesterPath: null));

    [Fact]
    public void A_request_from_nobody_is_not_answered() =>
        Assert.Null(_resolver.OnAssemblyResolve(null, new ResolveEventArgs("System.Text.Json, Version=8.0.0.0")));

    [Fact]
    public void A_request_of_another_modules_assembly_is_not_answered() =>
        Assert.Null(_resolver.OnAssemblyResolve(null, new ResolveEventArgs("System.Text.Json, Version=8.0.0.0", typeof(FactAttribute).Assembly)));

    [Fact]
    public void A_request_of_ours_is_answered_with_the_library()
    {
        Assembly client = typeof(CadenzaCredential).Assembly;
        var resolver = new ScopedAssemblyResolver(Path.GetDirectoryName(client.Location)!);

        Assembly? found = resolver.OnAssemblyResolve(null, new ResolveEventArgs("Cadenza.Sandbox, Version=1.0.0.0", client));

        Assert.Equal("Cadenza.Sandbox", found?.GetName().Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
