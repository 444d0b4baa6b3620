namespace Cadenza.Client.Tests;

/// <summary>Which addresses may be given a token, and where the calls then go.</summary>
public sealed class BaseAddressTests
{
    [Theory]
    [InlineData("https://cadenza.example.com", "https://cadenza.example.com/")]
    [InlineData("https://cadenza.example.com:8443/", "https://cadenza.example.com:8443/")]
    [InlineData("https://gateway.example.com/cadenza", "https://gateway.example.com/cadenza/")]
    [InlineData("https://gateway.example.com/cadenza//", "https://gateway.example.com/cadenza/")]
    [InlineData("https://cadenza.example.com/api/v3", "https://cadenza.example.com/")]
    [InlineData("https://cadenza.example.com/API/v3/", "https://cadenza.example.com/")]
    [InlineData("https://gateway.example.com/x/api/v3/", "https://gateway.example.com/x/")]
    [InlineData("https://gateway.example.com/my-api/v3", "https://gateway.example.com/my-api/v3/")]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://127.5.4.3/", "http://127.5.4.3/")]
    [InlineData("http://localhost:1/x", "http://localhost:1/x/")]
    [InlineData("http://[::1]:5080/", "http://[::1]:5080/")]
    [InlineData("HTTPS://Cadenza.Example.COM/", "https://cadenza.example.com/")]
    public void A_fit_address_ends_in_one_slash_and_without_the_apis_root(string given, string expected) =>
        Assert.Equal(expected, new CadenzaClientOptions(new Uri(given)).BaseAddress.AbsoluteUri);

    [Theory]
    [InlineData("http://cadenza.example.com/", "must use https")]
    [InlineData("http://10.0.0.1/", "must use https")]
    [InlineData("http://0.0.0.0/", "must use https")]
    [InlineData("http://127.0.0.1.example.com/", "must use https")]
    [InlineData("http://localhost.example.com/", "must use https")]
    [InlineData("https://user:canary@cadenza.example.com/", "must not contain a user name or password")]
    [InlineData("https://canary@cadenza.example.com/", "must not contain a user name or password")]
    [InlineData("http://user:canary@127.0.0.1/", "must not contain a user name or password")]
    [InlineData("https://cadenza.example.com/?token=canary", "must not contain a query or a fragment")]
    [InlineData("https://cadenza.example.com/#canary", "must not contain a query or a fragment")]
    [InlineData("ftp://cadenza.example.com/", "must be an absolute https address")]
    [InlineData("ftp://user:canary@cadenza.example.com/", "must be an absolute https address")]
    [InlineData("file:///etc/passwd", "must be an absolute https address")]
    [InlineData("ws://127.0.0.1/", "must be an absolute https address")]
    [InlineData("cadenza.example.com", "must be an absolute https address")]
    [InlineData("/api/v3", "must be an absolute https address")]
    [InlineData("localhost:5080", "must be an absolute https address")]
    [InlineData("", "must be an absolute https address")]
    [InlineData(null, "is missing")]
    public void An_unfit_address_is_refused_without_quoting_it(string? given, string reason)
    {
        Uri? address = given is null ? null : new Uri(given, UriKind.RelativeOrAbsolute);

        Assert.StartsWith(reason, BaseAddressRules.Validate(address), StringComparison.Ordinal);
        string message = Assert.Throws<ArgumentException>(() => new CadenzaClientOptions(address!)).Message;
        Assert.DoesNotContain("canary", message, StringComparison.Ordinal);
    }
}
