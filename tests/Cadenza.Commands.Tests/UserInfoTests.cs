namespace Cadenza.Commands.Tests;

/// <summary>An error that quotes input has no user information of a URI.</summary>
public sealed class UserInfoTests
{
    [Fact]
    public void An_input_error_has_no_user_information()
    {
        var error = ErrorCatalog.ForInput(
            CadenzaErrorKind.InvalidConnection, "The file 'http://user:pw@host/' cannot be read.");

        Assert.Equal("The file 'http://host/' cannot be read.", error.Message);
        Assert.Equal("The file 'http://host/' cannot be read.", error.Exception.Message);
    }
}
