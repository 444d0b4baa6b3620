using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Parameters;

namespace CadenzaPS.Tests;

/// <summary>
/// The address and identity of a connection, from parameters and environment variables. Nothing is sent yet.
/// </summary>
public sealed class ConnectionInputTests
{
    private const string Uat = "https://cadenza-api-uat.algo724.com/";

    [Theory]
    [InlineData("Uat", null, Uat, "Uat")]
    [InlineData("uat ", null, Uat, "Uat")]
    [InlineData("PRODUCTION", null, "https://cadenza-api.algo724.com/", "Production")]
    [InlineData(null, "https://cadenza-api.algo724.com/api/v3", "https://cadenza-api.algo724.com/", "Production")]
    [InlineData(null, " http://127.0.0.1:5080 ", "http://127.0.0.1:5080/", "Custom")]
    [InlineData("", "https://x.example.com/", "https://x.example.com/", "Custom")]
    public void The_address_comes_from_the_environment_variables(
        string? name,
        string? url,
        string address,
        string environment)
    {
        (ConnectionPlan? plan, CadenzaErrorReport? error) = Plan(new ConnectionInput(), name, url, "token-1");

        Assert.Null(error);
        Assert.Equal((address, environment), (plan!.BaseUri.AbsoluteUri, plan.Environment));
        Assert.True(SecretText.AreEqual(SecretText.Wrap("token-1"), plan.AccessToken!));
    }

    [Theory]
    [InlineData(null, null, "token-1", CadenzaErrorKind.NotConnected, "none is assumed")]
    [InlineData(" ", "", "token-1", CadenzaErrorKind.NotConnected, "none is assumed")]
    [InlineData(
        "Uat",
        "https://x.example.com/",
        "token-1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_ENVIRONMENT or CADENZA_BASE_URL, not both")]
    [InlineData(
        "Staging",
        null,
        "token-1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_ENVIRONMENT must be Uat or Production")]
    [InlineData(
        "0",
        null,
        "token-1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_ENVIRONMENT must be Uat or Production")]
    [InlineData(
        null,
        "x.example.com",
        "token-1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_BASE_URL is not an absolute https address")]
    [InlineData(
        null,
        "http://x.example.com",
        "token-1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_BASE_URL must use https")]
    [InlineData("Uat", null, null, CadenzaErrorKind.NotConnected, "CADENZA_ACCESS_TOKEN")]
    [InlineData("Uat", null, "", CadenzaErrorKind.NotConnected, "CADENZA_ACCESS_TOKEN")]
    [InlineData(
        "Uat",
        null,
        "canary\r\nX: 1",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_ACCESS_TOKEN cannot be used: it contains a line break")]
    [InlineData(
        "Uat",
        null,
        "canary\n",
        CadenzaErrorKind.InvalidConnection,
        "CADENZA_ACCESS_TOKEN cannot be used: it contains a line break")]
    public void What_is_wrong_with_the_environment_variables_is_named(
        string? name,
        string? url,
        string? token,
        CadenzaErrorKind kind,
        string words)
    {
        (ConnectionPlan? plan, CadenzaErrorReport? error) = Plan(new ConnectionInput(), name, url, token);

        Assert.Null(plan);
        AssertIs(error, kind, words);
    }

    [Theory]
    [InlineData("canary\r\nX: 1", "it contains a line break")]
    [InlineData("canary\n", "it contains a line break")]
    [InlineData("canary token", "it contains a space or a control character")]
    [InlineData(" canary", "it contains a space or a control character")]
    [InlineData("canary\t", "it contains a space or a control character")]
    [InlineData("canary\u007f", "it contains a space or a control character")]
    [InlineData("canary\0", "it contains a space or a control character")]
    [InlineData("canäry", "it contains a character that is not ASCII")]
    [InlineData("", "it is empty")]
    [InlineData("  ", "it is empty")]
    public void A_token_that_cannot_be_sent_is_refused_without_quoting_it(string token, string fault)
    {
        (_, CadenzaErrorReport? error) = Plan(
            new ConnectionInput { Environment = "Uat", AccessToken = SecretText.Wrap(token) });

        AssertIs(error, CadenzaErrorKind.InvalidConnection, $"-AccessToken cannot be used: {fault}.");
        ArgumentException thrown = Assert.Throws<ArgumentException>(() =>
            CadenzaClient.FromAccessToken(new CadenzaClientOptions(new Uri(Uat)), SecretText.Wrap(token)));
        Assert.DoesNotContain("canary", thrown.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, CadenzaErrorKind, string> Contradictions =>
        new()
        {
            {
                "both addresses",
                CadenzaErrorKind.InvalidConnection,
                "Specify either -Environment or -BaseUri, not both."
            },
            {
                "both identities",
                CadenzaErrorKind.InvalidConnection,
                "Specify either -AccessToken or -Credential, not both."
            },
            { "no user name", CadenzaErrorKind.InvalidConnection, "-Credential has no user name" },
            { "no password", CadenzaErrorKind.InvalidConnection, "-Credential has no password." },
            { "blank password", CadenzaErrorKind.InvalidConnection, "-Credential has no password." },
            {
                "half a surrogate",
                CadenzaErrorKind.InvalidConnection,
                "The password of -Credential is not valid Unicode."
            },
            { "http", CadenzaErrorKind.InvalidConnection, "-BaseUri must use https" },
            { "user info", CadenzaErrorKind.InvalidConnection, "-BaseUri must not contain a user name or password." },
            { "a beginning", CadenzaErrorKind.InvalidConnection, "-Environment must be Uat or Production." },
            { "a number", CadenzaErrorKind.InvalidConnection, "-Environment must be Uat or Production." },
            { "no identity", CadenzaErrorKind.NotConnected, "Specify -AccessToken or -Credential" },
        };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Parameters_that_are_missing_or_contradict_each_other_are_named(
        string what,
        CadenzaErrorKind kind,
        string words)
    {
        const string uat = "uat";
        ConnectionInput input = what switch
        {
            "both addresses" => new()
            {
                Environment = uat,
                BaseUri = new Uri(Uat),
                AccessToken = SecretText.Wrap("t"),
            },
            "both identities" => new()
            {
                Environment = uat,
                AccessToken = SecretText.Wrap("t"),
                Email = "e",
                Password = SecretText.Wrap("p"),
            },
            "no user name" => new()
            {
                Environment = uat,
                Email = " ",
                Password = SecretText.Wrap("p"),
            },
            "no password" => new() { Environment = uat, Email = "e" },
            "blank password" => new()
            {
                Environment = uat,
                Email = "e",
                Password = SecretText.Wrap(" "),
            },
            "half a surrogate" => new()
            {
                Environment = uat,
                Email = "e",
                Password = SecretText.Wrap("p\ud800"),
            },
            "a beginning" => new() { Environment = "p", AccessToken = SecretText.Wrap("t") },
            "a number" => new() { Environment = "1", AccessToken = SecretText.Wrap("t") },
            "http" => new() { BaseUri = new Uri("http://x.example.com"), AccessToken = SecretText.Wrap("t") },
            "user info" => new()
            {
                BaseUri = new Uri("https://u:canary@x.example.com"),
                AccessToken = SecretText.Wrap("t"),
            },
            _ => new() { Environment = uat },
        };

        (ConnectionPlan? plan, CadenzaErrorReport? error) = Plan(input);

        Assert.Null(plan);
        AssertIs(error, kind, words);
    }

    [Theory]
    [InlineData("https://other.example.com/", null, "https://own.example.com/", false)]
    [InlineData("https://own.example.com", null, "https://own.example.com/", true)]
    [InlineData("https://own.example.com/api/v3/", null, "https://OWN.example.com", true)]
    [InlineData("https://own.example.com:444/", null, "https://own.example.com/", false)]
    [InlineData("https://other.example.com/", null, null, false)]
    [InlineData("https://other.example.com/", "Uat", null, false)]
    public void The_token_of_the_variables_goes_to_their_address_only(
        string baseUri,
        string? name,
        string? url,
        bool isSent)
    {
        (ConnectionPlan? plan, CadenzaErrorReport? error) = Plan(
            new ConnectionInput { BaseUri = new Uri(baseUri) },
            name,
            url,
            "theirs");

        Assert.Equal(isSent, plan is not null);
        if (!isSent)
        {
            AssertIs(error, CadenzaErrorKind.InvalidConnection, "CADENZA_ACCESS_TOKEN is sent only to the address");
        }
    }

    [Fact]
    public void Parameters_win_over_environment_variables()
    {
        var byToken = new ConnectionInput
        {
            BaseUri = new Uri("https://x.example.com/"),
            AccessToken = SecretText.Wrap("mine"),
        };
        var byLogin = new ConnectionInput
        {
            Environment = "Production",
            Email = "e",
            Password = SecretText.Wrap("p"),
        };

        ConnectionPlan token = Plan(byToken, "Uat", "https://y.example.com/", "theirs").Plan!;
        ConnectionPlan login = Plan(byLogin, "Uat", null, "theirs").Plan!;

        Assert.Equal("https://x.example.com/", token.BaseUri.AbsoluteUri);
        Assert.True(SecretText.AreEqual(SecretText.Wrap("mine"), token.AccessToken!));
        Assert.Equal(("Production", "e"), (login.Environment, login.Email));
        Assert.Null(login.AccessToken);
    }

    [Fact]
    public void Every_documented_variable_has_its_name() =>
        Assert.Equal(
            ("CADENZA_ACCESS_TOKEN", "CADENZA_ENVIRONMENT", "CADENZA_BASE_URL"),
            (ConnectionPlan.AccessTokenVariable, ConnectionPlan.EnvironmentVariable, ConnectionPlan.BaseUrlVariable));

    private static (ConnectionPlan? Plan, CadenzaErrorReport? Error) Plan(
        ConnectionInput input,
        string? name = null,
        string? url = null,
        string? token = null)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CADENZA_ENVIRONMENT"] = name,
            ["CADENZA_BASE_URL"] = url,
            ["CADENZA_ACCESS_TOKEN"] = token,
        };
        return input.ToPlan(variable => variables.GetValueOrDefault(variable));
    }

    private static void AssertIs(CadenzaErrorReport? error, CadenzaErrorKind kind, string words)
    {
        Assert.Equal((kind, RequestOutcome.NotSent), (error!.Kind, error.Exception.Outcome));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.Message + error.Exception, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
