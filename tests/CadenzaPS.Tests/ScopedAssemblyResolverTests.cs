using System.Reflection;
using CadenzaPS.Loading;

namespace CadenzaPS.Tests;

/// <summary>The resolver finds the shipped assemblies for our own assemblies and for each other only.</summary>
public sealed class ScopedAssemblyResolverTests : IDisposable
{
    /// <summary>A library with a strong name that lies beside the tests on every machine.</summary>
    private static readonly AssemblyName Library = typeof(FactAttribute).Assembly.GetName();

    private readonly string _folder = Directory.CreateTempSubdirectory("cadenza-resolver-").FullName;
    private readonly ScopedAssemblyResolver _resolver;

    public ScopedAssemblyResolverTests()
    {
        File.Copy(typeof(FactAttribute).Assembly.Location, LibraryPath);
        _resolver = new ScopedAssemblyResolver(_folder);
    }

    private string LibraryPath => Path.Combine(_folder, Library.Name + ".dll");

    [Theory]
    [InlineData("CadenzaPS")]
    [InlineData("Cadenza.Client")]
    [InlineData("Cadenza.Commands")]
    [InlineData("cadenza.sandbox")]
    public void Our_own_assemblies_are_answered(string requester) =>
        Assert.Equal(LibraryPath, _resolver.FindPath(Library, requester, requesterPath: null));

    [Fact]
    public void A_library_beside_ours_is_answered() =>
        Assert.NotNull(_resolver.FindPath(Library, "System.Memory", Path.Combine(_folder, "System.Memory.dll")));

    [Theory]
    [InlineData("Newtonsoft.Json", "other")]
    [InlineData("CadenzaPS.Other", "other")]
    [InlineData("System.Memory", "")]
    [InlineData("System.Memory", null)]
    [InlineData(null, null)]
    public void No_other_assembly_is_answered(string? requester, string? folder) =>
        Assert.Null(
            _resolver.FindPath(
                Library,
                requester,
                folder is "other" ? Path.Combine(Path.GetTempPath(), "other-module", "x.dll") : folder));

    [Fact]
    public void An_assembly_in_a_folder_below_ours_is_not_answered() =>
        Assert.Null(_resolver.FindPath(Library, "X", Path.Combine(_folder, "sub", "x.dll")));

    [Theory]
    [InlineData("Not.There")]
    [InlineData("../xunit.core")]
    [InlineData(null)]
    public void A_file_that_is_not_in_our_folder_is_not_answered(string? wanted) =>
        Assert.Null(_resolver.FindPath(new AssemblyName { Name = wanted }, "CadenzaPS", requesterPath: null));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_shipped_version_or_a_lower_one_is_answered_and_a_higher_one_is_not(int difference, bool answered)
    {
        Version shipped = Library.Version!;
        var wanted = (AssemblyName)Library.Clone();
        wanted.Version = new Version(shipped.Major, shipped.Minor + difference, shipped.Build, shipped.Revision);

        Assert.Equal(answered ? LibraryPath : null, _resolver.FindPath(wanted, "CadenzaPS", requesterPath: null));
    }

    [Fact]
    public void A_name_without_version_and_key_is_answered() =>
        Assert.Equal(
            LibraryPath,
            _resolver.FindPath(new AssemblyName(Library.Name!), "CadenzaPS", requesterPath: null));

    [Fact]
    public void A_library_of_another_publisher_is_not_answered()
    {
        var wanted = (AssemblyName)Library.Clone();
        wanted.SetPublicKeyToken(typeof(object).Assembly.GetName().GetPublicKeyToken());

        Assert.Null(_resolver.FindPath(wanted, "CadenzaPS", requesterPath: null));
    }

    [Fact]
    public void A_library_that_was_removed_since_the_import_is_one_clear_error()
    {
        File.Delete(LibraryPath);

        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() =>
            _resolver.FindPath(Library, "CadenzaPS", requesterPath: null));

        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "were removed since the module was imported. Start a new PowerShell session.",
            error.Message,
            StringComparison.Ordinal);
        Assert.Null(_resolver.FindPath(Library, "Newtonsoft.Json", requesterPath: null));
    }

    [Fact]
    public void A_request_without_requester_is_not_answered() =>
        Assert.Null(_resolver.OnAssemblyResolve(null, new ResolveEventArgs(Library.FullName)));

    [Fact]
    public void A_request_of_another_modules_assembly_is_not_answered() =>
        Assert.Null(
            _resolver.OnAssemblyResolve(null, new ResolveEventArgs(Library.FullName, typeof(FactAttribute).Assembly)));

    [Fact]
    public void A_request_of_ours_is_answered_with_the_assembly()
    {
        Assembly client = typeof(CadenzaCredential).Assembly;
        var resolver = new ScopedAssemblyResolver(Path.GetDirectoryName(client.Location)!);

        Assembly? found = resolver.OnAssemblyResolve(
            null,
            new ResolveEventArgs("Cadenza.Sandbox, Version=0.0.1.0", client));

        Assert.Equal("Cadenza.Sandbox", found?.GetName().Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
