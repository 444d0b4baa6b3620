using System.Reflection;
using System.Xml.Linq;
using Cadenza.Audit;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Journal;

namespace CadenzaPS.Tests;

/// <summary>The views show our types, and members that these types have.</summary>
public sealed class FormatViewTests
{
    private static readonly XDocument Views = XDocument.Load(
        Path.Combine(Repository.Root, "src", "CadenzaPS", "CadenzaPS.format.ps1xml"));
    private static readonly Assembly[] Ours =
    [
        typeof(CadenzaCredential).Assembly,
        typeof(CadenzaConnection).Assembly,
        typeof(CredentialFinding).Assembly,
    ];

    [Theory]
    [InlineData("Cadenza.Client.Models.CadenzaCredential", "TableControl")]
    [InlineData("Cadenza.Client.Models.CadenzaCredential", "ListControl")]
    [InlineData("Cadenza.Commands.Connections.CadenzaConnection", "ListControl")]
    [InlineData("Cadenza.Commands.Impact.CredentialImpact", "TableControl")]
    [InlineData("Cadenza.Commands.Impact.CredentialImpact", "ListControl")]
    [InlineData("Cadenza.Commands.Journal.JournalEntry", "TableControl")]
    [InlineData("Cadenza.Commands.Journal.JournalEntry", "ListControl")]
    [InlineData("Cadenza.Commands.Watching.CredentialEvent", "TableControl")]
    [InlineData("Cadenza.Commands.Watching.CredentialEvent", "ListControl")]
    [InlineData("Cadenza.Audit.CredentialFinding", "TableControl")]
    [InlineData("Cadenza.Audit.CredentialFinding", "ListControl")]
    public void A_type_has_its_view(string type, string control) =>
        Assert.Contains(Views.Descendants("View"), view => TypeOf(view) == type && view.Element(control) is not null);

    [Fact]
    public void Every_view_is_of_a_type_that_exists_and_shows_members_that_it_has()
    {
        foreach (XElement view in Views.Descendants("View"))
        {
            Type? type = Array
                .Find(Ours, assembly => assembly.GetType(TypeOf(view)) is not null)
                ?.GetType(TypeOf(view));
            Assert.True(type is { IsPublic: true }, TypeOf(view));
            Assert.All(view.Descendants("PropertyName"), name => Assert.NotNull(type!.GetProperty(name.Value)));
        }
    }

    [Fact]
    public void A_table_has_as_many_headers_as_columns() =>
        Assert.All(
            Views.Descendants("TableControl"),
            static table =>
                Assert.Equal(
                    table.Descendants("TableColumnHeader").Count(),
                    table.Descendants("TableColumnItem").Count()));

    [Fact]
    public void Times_are_shown_the_same_in_every_culture() =>
        Assert.All(
            Views
                .Descendants("ScriptBlock")
                .Where(static script => script.Value.Contains("ToString(", StringComparison.Ordinal)),
            static script => Assert.Contains("[cultureinfo]::InvariantCulture", script.Value, StringComparison.Ordinal)
        );

    private static string TypeOf(XElement view) => view.Element("ViewSelectedBy")!.Element("TypeName")!.Value;
}
