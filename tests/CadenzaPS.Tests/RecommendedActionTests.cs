using System;
using Cadenza.Client.Errors;
using CadenzaPS.Cmdlets;
using Xunit;

namespace CadenzaPS.Tests;

/// <summary>Every kind of error says what to do about it.</summary>
public sealed class RecommendedActionTests
{
    public static TheoryData<CadenzaErrorKind> Kinds => [.. Enum.GetValues<CadenzaErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_one_line_of_advice(CadenzaErrorKind kind) => Assert.Matches("^[^\r\n]{15,}[.]$", RecommendedActions.For(kind));

    [Fact]
    public void An_unknown_kind_is_a_mistake_of_ours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RecommendedActions.For((CadenzaErrorKind)999));
}
