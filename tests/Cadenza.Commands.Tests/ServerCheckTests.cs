namespace Cadenza.Commands.Tests;

/// <summary>A credential of another server is not used on a connection.</summary>
public sealed class ServerCheckTests
{
    [Theory]
    [InlineData("https://api.example/", "api.example", true)]
    [InlineData("https://api.example/", "API.EXAMPLE", true)]
    [InlineData("https://api.example/", " api.example ", true)]
    [InlineData("https://api.example/", null, true)]
    [InlineData("https://api.example/", "", true)]
    [InlineData("https://api.example/", " ", true)]
    [InlineData("https://api.example/", "api.uat.example", false)]
    [InlineData("https://api.example/", "api.example:8443", false)]
    [InlineData("https://api.example:8443/", "api.example:8443", true)]
    [InlineData("https://api.example:8443/", "api.example", false)]
    [InlineData("https://api.example/uat/", "api.example/uat", true)]
    [InlineData("https://api.example/uat/", "api.example/prod", false)]
    [InlineData("https://api.example/uat/", "api.example", false)]
    public void Only_the_same_server_or_none_is_accepted(string address, string? server, bool isAccepted)
    {
        using CadenzaConnection connection = Connect(address);

        string? fault = ServerCheck.Validate(new CredentialReference("a") { Server = server }, connection);

        Assert.Equal(
            isAccepted
                ? null
                : $"it was read from the server {server}, but the connection is to {connection.Server}",
            fault);
    }

    [Fact]
    public void The_name_of_the_other_server_is_sanitized_and_truncated_and_has_no_user_information()
    {
        using CadenzaConnection connection = Connect("https://api.example/");

        string fault = ServerCheck.Validate(
            new CredentialReference("a") { Server = "https://ops:canary@evil\u001b[2J" + new string('x', 500) },
            connection)!;

        TextAssert.DoesNotContain("canary", fault);
        TextAssert.DoesNotContain("\u001b", fault);
        Assert.InRange(fault.Length, 50, 250);
    }

    private static CadenzaConnection Connect(string address) => TestConnections.Connect(new Uri(address));
}
