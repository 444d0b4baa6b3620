namespace CadenzaPS.Tests;

/// <summary>The manifest says what the module holds, no more and no less.</summary>
public sealed class ManifestTests
{
    [Fact]
    public void It_exports_exactly_the_cmdlets_that_exist()
    {
        using var module = new ModuleMetadata(ModuleMetadata.Path);

        string[] existing =
        [
            .. module.FindCmdlets().Select(static cmdlet => cmdlet.Name).Order(StringComparer.Ordinal),
        ];

        Assert.NotEmpty(existing);
        Assert.Equal(existing, Repository.ManifestList("CmdletsToExport").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_exports_nothing_else()
    {
        Assert.Empty(Repository.ManifestList("FunctionsToExport"));
        Assert.Empty(Repository.ManifestList("AliasesToExport"));
        Assert.Empty(Repository.ManifestList("VariablesToExport"));
        Assert.DoesNotContain("'*'", Repository.Read("CadenzaPS.psd1"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_version_is_a_literal_of_three_parts_and_the_assemblies_have_it()
    {
        using var module = new ModuleMetadata(ModuleMetadata.Path);
        string version = Repository.ManifestText("ModuleVersion");

        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+$", version);
        Assert.Equal(version, module.Version.ToString(3));
    }

    [Fact]
    public void It_holds_no_expression_that_would_have_to_be_run() =>
        Assert.DoesNotContain('$', Repository.Read("CadenzaPS.psd1"));

    [Fact]
    public void Every_file_that_it_names_exists()
    {
        string[] files = [Repository.ManifestText("RootModule"), .. Repository.ManifestList("FormatsToProcess")];

        Assert.All(
            files,
            static file => Assert.True(File.Exists(Path.Combine(Repository.Root, "src", "CadenzaPS", file)), file));
    }

    [Fact]
    public void Every_cmdlet_declares_what_it_emits_unless_it_emits_nothing()
    {
        using var module = new ModuleMetadata(ModuleMetadata.Path);

        string[] without =
        [
            .. module.FindCmdlets().Where(static cmdlet => !cmdlet.HasOutputType).Select(static cmdlet => cmdlet.Name),
        ];

        Assert.Empty(without.Except(["Disconnect-Cadenza"]));
    }

    [Fact]
    public void Every_cmdlet_has_the_help_address_that_the_build_generates_for_it() =>
        Assert.All(
            Directory.GetFiles(Path.Combine(Repository.Root, "src", "CadenzaPS", "Cmdlets"), "*.cs"),
            static file =>
                Assert.Contains(
                    $"HelpUri = HelpUris.{Path.GetFileNameWithoutExtension(file)})]",
                    File.ReadAllText(file),
                    StringComparison.Ordinal));

    [Fact]
    public void The_module_needs_nothing_but_the_framework_powershell_and_its_own()
    {
        using var module = new ModuleMetadata(ModuleMetadata.Path);

        Assert.All(
            module.FindReferences(),
            static name =>
                Assert.True(
                    name.StartsWith("System.", StringComparison.Ordinal)
                        || name
                            is "System"
                                or "netstandard"
                                or "Cadenza.Audit"
                                or "Cadenza.Client"
                                or "Cadenza.Commands"
                                or "Cadenza.Sandbox",
                    name));
    }
}
