namespace Cadenza.Client.Tests;

/// <summary>Every kind of error has an id and says whether it ends a command.</summary>
public sealed class ErrorKindTests
{
    public static TheoryData<CadenzaErrorKind> Kinds => [.. Enum.GetValues<CadenzaErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_an_id(CadenzaErrorKind kind) => Assert.Matches("^Cadenza[A-Za-z]+$", ErrorKinds.IdOf(kind));

    [Fact]
    public void Only_what_fails_every_item_ends_a_pipeline() =>
        Assert.Equal(
            new[]
            {
                CadenzaErrorKind.CertificateRejected, CadenzaErrorKind.EndpointNotFound,
                CadenzaErrorKind.FileNotWritten, CadenzaErrorKind.JournalUnusable, CadenzaErrorKind.InvalidConnection,
                CadenzaErrorKind.InvalidParameter, CadenzaErrorKind.ConfirmationImpossible,
                CadenzaErrorKind.LoginRejected, CadenzaErrorKind.NotConnected, CadenzaErrorKind.ProxyRefused,
                CadenzaErrorKind.Redirected, CadenzaErrorKind.RequestBlocked, CadenzaErrorKind.SessionExpired,
                CadenzaErrorKind.StateUnusable, CadenzaErrorKind.Unauthorized, CadenzaErrorKind.ValidationFailed,
                CadenzaErrorKind.TooManyFailures,
            }.Order(),
            Enum.GetValues<CadenzaErrorKind>().Where(ErrorKinds.FailsEveryItem).Order());
}
