using System;
using System.Linq;
using Cadenza.Client.Errors;
using Xunit;

namespace Cadenza.Commands.Tests;

/// <summary>Every kind of error has its id, its advice, and says whether going on makes sense.</summary>
public sealed class ErrorCatalogTests
{
    public static TheoryData<CadenzaErrorKind> Kinds => [.. Enum.GetValues<CadenzaErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_an_id_and_one_line_of_advice(CadenzaErrorKind kind)
    {
        Assert.Matches("^Cadenza[A-Za-z]+$", ErrorKinds.IdOf(kind));
        Assert.Matches("^[^\r\n]{15,}[.]$", ErrorCatalog.RecommendedActionFor(kind));
    }

    [Fact]
    public void Only_what_fails_every_item_ends_a_pipeline() =>
        Assert.Equal(
            new[]
            {
                CadenzaErrorKind.CertificateRejected, CadenzaErrorKind.EndpointNotFound, CadenzaErrorKind.FileNotWritten, CadenzaErrorKind.JournalUnusable, CadenzaErrorKind.InvalidConnection,
                CadenzaErrorKind.InvalidParameter, CadenzaErrorKind.ConfirmationImpossible, CadenzaErrorKind.LoginRejected, CadenzaErrorKind.NotConnected, CadenzaErrorKind.Redirected,
                CadenzaErrorKind.SessionExpired, CadenzaErrorKind.Unauthorized,
            }.Order(),
            Enum.GetValues<CadenzaErrorKind>().Where(ErrorKinds.FailsEveryItem).Order());

    [Fact]
    public void An_unknown_kind_is_a_mistake_of_ours() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrorCatalog.RecommendedActionFor((CadenzaErrorKind)999));
}
