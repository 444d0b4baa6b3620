using Cadenza.Client.Errors;
using CadenzaPS.Errors;

namespace CadenzaPS.Tests;

/// <summary>docs/errors.md lists exactly the error ids that exist, with their categories.</summary>
public sealed class ErrorPageTests
{
    private static readonly string[] Rows =
    [
        .. Repository.Read("docs/errors.md").Split('\n').Where(static line => Regex.IsMatch(line, @"^\|\s*`?Cadenza")),
    ];

    public static TheoryData<CadenzaErrorKind> Kinds => [.. Enum.GetValues<CadenzaErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_error_has_one_row_with_all_its_columns(CadenzaErrorKind kind)
    {
        string row = Assert.Single(Rows, row => IdOf(row) == ErrorKinds.IdOf(kind));

        string[] cells = row.Trim().Trim('|').Split('|');
        Assert.Equal(4, cells.Length);
        Assert.All(cells, static cell => Assert.False(string.IsNullOrWhiteSpace(cell)));
        Assert.Equal(ErrorGuidance.For(kind).Category.ToString(), cells[2].Trim());
    }

    [Fact]
    public void No_row_is_about_an_error_that_does_not_exist() =>
        Assert.Equal(
            Enum.GetValues<CadenzaErrorKind>().Select(ErrorKinds.IdOf).Order(StringComparer.Ordinal),
            Rows.Select(IdOf).Order(StringComparer.Ordinal));

    private static string IdOf(string row) => Regex.Match(row, "Cadenza[A-Za-z]+").Value;
}
