namespace Cadenza.Sandbox.Tests;

public sealed class RefusalFaultTests
{
    private const string Pem = " -----BEGIN KEY-----\nab+/'\"&é\n-----END KEY-----\n ";

    [Theory]
    [InlineData("LockConflict", 409, -22014, "Lock not acquired, retry after a short delay")]
    [InlineData("RateConflict", 409, -18011, "Rate limit exceeded")]
    [InlineData("InUseConflict", 409, -22017, "Cannot revoke credential with active trading accounts")]
    [InlineData("LoginRateLimited", 429, -26029, "Too many login attempts")]
    [InlineData("Unauthorized", 401, -19002, "Unauthorized")]
    public async Task A_refusal_has_the_status_errno_and_text_of_the_api(
        string kind, int status, int errno, string text)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, $"credential/revoke:{kind}:times=1");
        Response refused = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal((status, errno, text), (refused.Status, refused.Errno, refused.Error));
        Assert.False(refused.Json.GetProperty("success").GetBoolean());
        Assert.Equal(200, (await Response.ReadAsync(rig.RevokeAsync())).Status);
    }

    [Theory]
    [InlineData("ForbiddenHtml", "403 Forbidden")]
    [InlineData("UnauthorizedHtml", "401 Authorization Required")]
    [InlineData("LegalReasonsHtml", "451 Unavailable For Legal Reasons")]
    [InlineData("ProxyAuthenticationHtml", "407 Proxy Authentication Required")]
    [InlineData("NetworkAuthenticationHtml", "511 Network Authentication Required")]
    public async Task What_stands_before_the_api_answers_with_a_page(string kind, string title)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:" + kind);
        Response answer = await Response.ReadAsync(rig.RevokeAsync());
        Assert.Equal(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>\r\n",
            answer.Text);
        string? expected = kind == "ProxyAuthenticationHtml" ? "Basic realm=\"proxy\"" : null;
        Assert.Equal(expected, answer.ProxyAuthenticate);
    }

    [Fact]
    public async Task An_expired_token_stays_expired_and_a_new_login_helps()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "credential/list:TokenExpired:times=1");
        Assert.Equal(401, (await Response.ReadAsync(rig.ListAsync())).Status);
        Assert.Equal(401, (await Response.ReadAsync(rig.ListAsync())).Status);
        Response login = await Response.ReadAsync(rig.LoginAsync());
        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", login.DataText("accessToken"));
        Assert.Equal(200, (await Response.ReadAsync(rig.ListAsync())).Status);
    }

    [Theory]
    [InlineData("Sent", " -----BEGIN KEY-----\nab+/'\"&é\n-----END KEY-----\n ")]
    [InlineData("Trimmed", "-----BEGIN KEY-----\nab+/'\"&é\n-----END KEY-----")]
    [InlineData("OneLine", "-----BEGIN KEY----- ab+/'\"&é -----END KEY-----")]
    [InlineData("JsonEscaped", " -----BEGIN KEY-----\nab+/'\"&é\n-----END KEY-----\n ")]
    [InlineData(
        "EscapedTwice",
        "\" -----BEGIN KEY-----\\nab\\u002B/\\u0027\\u0022\\u0026\\u00E9\\n-----END KEY-----\\n \"")]
    [InlineData("UrlEncoded", "%20-----BEGIN%20KEY-----%0Aab%2B%2F%27%22%26%C3%A9%0A-----END%20KEY-----%0A%20")]
    [InlineData("Base64", "IC0tLS0tQkVHSU4gS0VZLS0tLS0KYWIrLyciJsOpCi0tLS0tRU5EIEtFWS0tLS0tCiA=")]
    [InlineData("FirstHalf", " -----BEGIN KEY-----\nab+")]
    [InlineData("SecondHalf", "/'\"&é\n-----END KEY-----\n ")]
    [InlineData("JoinedLines", " -----BEGIN KEY-----ab+/'\"&é-----END KEY----- ")]
    [InlineData("UpperCase", " -----BEGIN KEY-----\nAB+/'\"&É\n-----END KEY-----\n ")]
    [InlineData("FormEncoded", "+-----BEGIN+KEY-----%0aab%2b%2f%27%22%26%c3%a9%0a-----END+KEY-----%0a+")]
    [InlineData("HtmlEscaped", " -----BEGIN KEY-----\nab+/&#39;&quot;&amp;&#233;\n-----END KEY-----\n ")]
    [InlineData("Base64Url", "IC0tLS0tQkVHSU4gS0VZLS0tLS0KYWIrLyciJsOpCi0tLS0tRU5EIEtFWS0tLS0tCiA")]
    [InlineData("WithinBase64", "c2VjcmV0PSAtLS0tLUJFR0lOIEtFWS0tLS0tCmFiKy8nIibDqQotLS0tLUVORCBLRVktLS0tLQogOw==")]
    [InlineData(
        "Hexadecimal",
        "202d2d2d2d2d424547494e204b45592d2d2d2d2d0a61622b2f272226c3a90a2d2d2d2d2d454e44204b45592d2d2d2d2d0a20")]
    public async Task A_message_quotes_the_secret_in_the_form_of_the_rule(string form, string quoted)
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "credential/rotate:EchoSecret:form=" + form);
        Response answer = await Response.ReadAsync(rig.RotateAsync(apiSecret: Pem));
        Assert.Equal((400, -22015), (answer.Status, answer.Errno));
        Assert.Equal("The value " + quoted + " is not valid", answer.Error);
        Assert.Equal(0, rig.TargetNow.Changes);
    }

    [Fact]
    public async Task Json_escaped_means_escaped_on_the_wire()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "*:EchoSecret:form=JsonEscaped");
        Response answer = await Response.ReadAsync(rig.RotateAsync(apiSecret: "a+b/c"));
        const string Expected = "\"error\":\"The\\u0020value\\u0020a\\u002Bb\\u002Fc\\u0020is";
        Assert.Contains(Expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_refused_quotes_the_password()
    {
        await using Rig rig = await Rig.StartAsync(Transport.InProcess, "auth/login:EchoSecret");
        Response answer = await Response.ReadAsync(rig.LoginAsync());
        Assert.Equal("The value sandbox-password is not valid", answer.Error);
    }
}
