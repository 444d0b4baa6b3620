using Cadenza.Client.Errors;
using CadenzaPS.Errors;

namespace CadenzaPS.Tests;

/// <summary>Every kind of error has a category and a recommended action.</summary>
public sealed class ErrorGuidanceTests
{
    public static TheoryData<CadenzaErrorKind> Kinds => [.. Enum.GetValues<CadenzaErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_one_line_of_advice(CadenzaErrorKind kind) =>
        Assert.Matches("^[A-Z][^\r\n]{15,}[.]$", ErrorGuidance.For(kind).RecommendedAction);

    [Theory]
    [InlineData("id", RequestOutcome.Unknown, true)]
    [InlineData("id", RequestOutcome.Rejected, false)]
    [InlineData(null, RequestOutcome.Unknown, false)]
    public void An_unknown_outcome_of_a_change_is_to_be_checked_first(
        string? target,
        RequestOutcome outcome,
        bool isCheckedFirst)
    {
        var guidance = ErrorGuidance.For(CadenzaErrorKind.Timeout);

        string action = guidance.RecommendedActionFor(outcome, target);

        Assert.EndsWith(guidance.RecommendedAction, action, StringComparison.Ordinal);
        Assert.Equal(isCheckedFirst, action.Contains("Get-CadenzaCredential", StringComparison.Ordinal));
    }

    [Fact]
    public void An_undefined_kind_is_a_programming_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => ErrorGuidance.For((CadenzaErrorKind)999));
}
