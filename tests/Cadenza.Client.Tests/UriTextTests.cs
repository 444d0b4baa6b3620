using Cadenza.Client.Text;

namespace Cadenza.Client.Tests;

/// <summary>User names and passwords of URIs are in no text.</summary>
public sealed class UriTextTests
{
    [Theory]
    [InlineData("http://user:pw@host/", "http://host/")]
    [InlineData("http://user@host:8080/", "http://host:8080/")]
    [InlineData("http://:pw@host", "http://host")]
    [InlineData("http://us%40er:p%3Aw@[::1]:80/x?y=z", "http://[::1]:80/x?y=z")]
    [InlineData("HTTPS://user:p@ss@host", "HTTPS://host")]
    [InlineData("http://user:p/s?w#d@host:1/", "http://host:1/")]
    [InlineData("http://user:12/34@host:1/", "http://host:1/")]
    [InlineData("http://user:p//w@host:1/", "http://host:1/")]
    [InlineData("socks5://user:pw@host", "socks5://host")]
    [InlineData("//user:pw@host/x", "//host/x")]
    [InlineData("Location: //user:pw@host/x", "Location: //host/x")]
    [InlineData(
        "The proxy tunnel request to proxy 'http://user:p w@host/' failed with status code '407'.",
        "The proxy tunnel request to proxy 'http://host/' failed with status code '407'.")]
    [InlineData("proxy 'http://user:p'w@host/' failed", "proxy 'http://host/' failed")]
    [InlineData("through http://user:p w@host/: refused", "through http://host/: refused")]
    [InlineData("a http://u:p@a/ b https://u@b/ c", "a http://a/ b https://b/ c")]
    [InlineData("{\"proxy\":\"http:\\/\\/user:pw@host\\/\"}", "{\"proxy\":\"http:\\/\\/host\\/\"}")]
    [InlineData("?next=http%3A%2F%2Fuser%3Apw%40host%2F", "?next=http%3A%2F%2Fhost%2F")]
    public void The_user_information_is_removed(string text, string expected)
    {
        Assert.Equal(expected, UriText.RemoveUserInfo(text));
        Assert.Equal(expected, TextSanitizer.SanitizeMessage(text));
        Assert.Equal(expected, SecretRedactor.Plain.RedactMessage(text));
        Assert.Equal(expected, SecretRedactor.Plain.RedactDetail(text));
        Assert.Equal(expected, SecretRedactor.Plain.Redact(text));
    }

    [Theory]
    [InlineData("ops@example.com")]
    [InlineData("https://host/path and ops@example.com")]
    [InlineData("https://host:443/path, or ops@example.com")]
    [InlineData("https://host/users/ops@example.com?x=1")]
    [InlineData("https://[::1]:8080/ ops@example.com")]
    [InlineData("desk a//b@c // d@e")]
    [InlineData("Cannot connect to https://host: refused (ops@example.com)")]
    [InlineData("10%40 of https://host%2F%2F")]
    [InlineData("@://")]
    [InlineData("://@")]
    public void Other_text_remains(string text) =>
        Assert.Equal(text == "://@" ? "://" : text, UriText.RemoveUserInfo(text));

    [Fact]
    public async Task A_proxy_with_a_password_is_named_without_it()
    {
        // Reserved for documentation: the name of the proxy does not resolve.
        string error = await FailAsync(new Uri("http://proxyuser:proxypassword@proxy.invalid:1/"));

        Assert.DoesNotContain("proxyuser", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("proxypassword", error, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("no HTTP\r\n\r\n")]
    public async Task A_proxy_that_refuses_the_tunnel_is_named_without_its_password(string answer)
    {
        await using var proxy = ScriptedServer.Answering(Answers.Raw(answer));
        var address = new UriBuilder(proxy.BaseAddress) { UserName = "proxyuser", Password = "proxy%20pass'word" };

        string error = await FailAsync(address.Uri);

        Assert.DoesNotContain("proxyuser", error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("word", error, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> FailAsync(Uri proxy)
    {
        var handler = new SocketsHttpHandler { UseProxy = true, Proxy = new WebProxy(proxy) };
        using CadenzaClient client = TestClients.Create(handler);
        return (await client.RevokeCredentialAsync("a").FailsAsync()).ToString();
    }
}
