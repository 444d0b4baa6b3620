using System.Runtime.CompilerServices;
using System.Security;
using System.Text.Encodings.Web;

namespace Cadenza.Client.Tests;

/// <summary>A server that quotes our secrets back at us, anywhere: none comes out of the client.</summary>
public sealed class SecretEchoTests
{
    public static TheoryData<string, string> Echoes =>
        Combinations.Of(
            ["error", "errorWith200", "member", "nested", "details", "requestId", "brokenRow"],
            ["plain", "dotnet", "ascii", "php"]);

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task A_secret_in_a_body_comes_out_nowhere(string place, string escaping)
    {
        foreach (string secret in Canary.All)
        {
            string words = Escape($"bad: {secret} !", escaping);
            string text = Escape(secret, escaping);
            bool isFailure = place is "error" or "errorWith200" or "details" or "requestId";
            string element = place switch
            {
                "member" =>
                    $$"""{"credentialId":"a","nickname":"{{words}}","venue":"{{text}}","status":"{{text}}","userId":"{{text}}"}""",
                "nested" =>
                    $$$"""{"credentialId":"a","note":"{{{words}}}","x":{"y":["{{{text}}}",{"z{{{text}}}":1}]}}""",
                _ => $$"""{"credentialId":"a {{words}}","createdAt":"{{text}}"}""",
            };
            string failure = place switch
            {
                "details" => $$$"""{"success":false,"errno":-22018,"details":{"code":"{{{words}}}"}}""",
                "requestId" => $$$"""{"success":false,"errno":-22018,"details":{"request_id":"{{{text}}}"}}""",
                _ => Wire.Failure(-22018, words),
            };
            int status = isFailure && place != "errorWith200" ? 403 : 200;
            await CheckAsync(
                Answers.Json(isFailure ? failure : Wire.Item(element), status),
                Answers.Json(isFailure ? failure : Wire.List(element), status));
        }
    }

    [Fact]
    public async Task A_secret_in_any_form_comes_out_nowhere()
    {
        const string Pem =
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPz7Qd/1+o0kVqk0\nz9+aa==\n-----END PRIVATE KEY-----\n";
        foreach (KeyValuePair<string, Func<string, string>> form in EchoForms.All)
        {
            string quoted = form.Value(Pem);
            string body = JsonSerializer.Serialize(
                new
                {
                    success = false,
                    errno = -22015,
                    error = "cannot use " + quoted,
                    details = new { code = quoted, request_id = quoted },
                    more = new[] { quoted },
                });
            await using var server = ScriptedServer.Answering(
                Answers.Json(body, 400, "X-Note: " + quoted.ReplaceLineEndings(" ")));
            var observer = new Observer();

            ApiException error = await server.Client.ObservedBy(observer)
                .RotateCredentialAsync("a", TestClients.Keys(secret: Pem)).FailsAsync();

            string all = string.Join("\n", error, error.ServerMessage, error.RequestId, observer.Text);
            EchoForms.AssertNotIn(quoted, all);
            EchoForms.AssertNotIn(Pem, all);
        }
    }

    [Fact]
    public async Task A_secret_in_a_response_that_violates_the_protocol_is_in_no_exception()
    {
        await using var server = ScriptedServer.Answering(
            Answers.Raw("HTTP/1.1 new-api-secret 200\r\nnew-api-secret\r\n\r\n"));
        var observer = new Observer();

        ApiException error = await server.Client.ObservedBy(observer)
            .RotateCredentialAsync("a", TestClients.Keys()).FailsAsync();

        Assert.DoesNotContain("new-api-secret", error + observer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_connection_creates_one_Authorization_header_for_a_token()
    {
        var seen = new List<string>();
        var server = new InMemoryServer(Wire.Item(Wire.Credential("a", "REVOKED"))) { OnAuthorization = seen.Add };
        using CadenzaClient client = server.CreateClient(Canary.Token);

        foreach (int attempt in Enumerable.Range(0, 3))
        {
            await client.ObservedBy(new Observer()).RevokeCredentialAsync("a").Bounded();
        }

        Assert.Equal("Bearer " + Canary.Token, seen[0]);
        Assert.Equal(3, seen.Count);
        Assert.All(seen, header => Assert.Same(seen[0], header));
    }

    [Fact]
    public void The_Authorization_header_is_dropped_with_its_token_and_its_connection()
    {
        var context = new SenderContext(new HttpClient(), TestClients.Options(new Uri("https://memory.invalid/")));
        using SecureString first = SecretText.Wrap("token-1"),
            second = SecretText.Wrap("token-2");
        WeakReference[] created = Create(context, first, second);

        GC.Collect();
        Assert.Equal([false, true], created.Select(static header => header.IsAlive));
        context.Dispose();
        GC.Collect();
        Assert.Equal([false, false], created.Select(static header => header.IsAlive));
        GC.KeepAlive(context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Create(SenderContext context, params SecureString[] tokens) =>
        [.. tokens.Select(token => new WeakReference(context.AuthorizationFor(token)))];

    [Theory]
    [InlineData("X-Request-Id: {0}", 403)]
    [InlineData("X-Request-Id: {0}", 200)]
    [InlineData("Content-Type: text/{0}", 200)]
    [InlineData("Content-Type: application/json; charset={0}", 200)]
    [InlineData("Location: https://example.com/{0}", 302)]
    [InlineData("Location: https://{0}.example.com/", 302)]
    public async Task A_secret_in_a_header_comes_out_nowhere(string header, int status)
    {
        // Only what fits into a header is sent so: the token is one.
        const string Token = "canarytoken1";
        string sent = string.Format(CultureInfo.InvariantCulture, header, Token);
        await using var server = ScriptedServer.Answering(
            Answers.Bytes("no json"u8.ToArray(), status, contentType: null, sent));
        using CadenzaClient client = TestClients.Create(server, token: Token);
        var observer = new Observer();

        ApiException error = await client.ObservedBy(observer).RevokeCredentialAsync("a").FailsAsync();

        Assert.DoesNotContain(Token, error + error.RequestId, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, observer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("success")]
    [InlineData("credentialId")]
    [InlineData("17040672")]
    public async Task A_secret_that_is_a_word_of_every_answer_does_not_break_the_reading(string passphrase)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.Item("""{"credentialId":"a","status":"VERIFIED","createdAt":1704067200000}""")));

        CadenzaCredential credential = await server.Client
            .RotateCredentialAsync("a", TestClients.Keys(passphrase: passphrase))
            .Bounded();

        Assert.Equal(("a", "VERIFIED"), (credential.CredentialId, credential.Status));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1704067200000), credential.CreatedAt);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Traces_show_the_requests_and_none_of_their_secrets()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Path.EndsWith("login", StringComparison.Ordinal)
                ? Answers.Json(Wire.Session(access: "canary-token/a+b="))
                : Answers.Json(Wire.Item(Wire.Credential("a")), 200, "X-Request-Id: req-5"));
        var observer = new Observer();
        (CadenzaClient client, _) = await CadenzaClient
            .LoginAsync(
                TestClients.Options(server.BaseAddress),
                "ops@example.com",
                SecretText.Wrap(Canary.Password),
                observer,
                CancellationToken.None)
            .Bounded();
        using CadenzaClient session = client;

        await session
            .ObservedBy(observer)
            .RotateCredentialAsync("a", TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase))
            .Bounded();

        Canary.AssertNotIn(observer.Text);
        Assert.Equal(2, observer.Traces.Count);
        Assert.Contains("\"password\":\"***\"", observer.Traces[0].Detail, StringComparison.Ordinal);
        string detail = observer.Traces[1].Detail!;
        string[] shown =
        [
            "> POST /api/v3/credential/rotate\n> Authorization: Bearer ***\n",
            """{"credentialId":"a","apiKey":"***","apiSecret":"***","apiPassphrase":"***"}""",
            "< Content-Type: application/json",
        ];
        Assert.All(shown, text => Assert.Contains(text, detail, StringComparison.Ordinal));
        Assert.Matches(
            "^POST /api/v3/credential/rotate: HTTP 200, [0-9]+ ms, attempt 1, request req-5$",
            observer.Traces[1].ToString());
    }

    /// <summary>
    /// Everything that the client sends secrets with gets the answer; nothing that comes of it may hold one.
    /// </summary>
    private static async Task CheckAsync(Answer item, Answer list)
    {
        await using var server = ScriptedServer.Running(request =>
            request.Path.EndsWith("list", StringComparison.Ordinal) ? list : item);
        var observer = new Observer();
        using CadenzaClient plain = TestClients.Create(server, token: Canary.Token);
        CadenzaClient client = plain.ObservedBy(observer);

        // A secret can only be known for one in the calls that carry it.
        Exception? login = await Record.ExceptionAsync(() =>
            TestClients.LoginAsync(server.BaseAddress, new SkippingTimeProvider(), password: Canary.Password));
        Exception? rotation = await Record.ExceptionAsync(async () =>
            Check(
                await client
                    .RotateCredentialAsync("a", TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase))
                    .Bounded(),
                Rotated));
        ListResult result = await ListResult.OfAsync(client);

        Check(login, [Canary.Password]);
        Check(rotation, Rotated);
        Check(result.Failure, Listed);
        foreach (CredentialRow row in result.Rows)
        {
            Check(row.Error, Listed);
            Check(row.Credential, Listed);
        }
    }

    private static readonly string[] Rotated = [Canary.Key, Canary.Secret, Canary.Passphrase, Canary.Token];
    private static readonly string[] Listed = [Canary.Token];

    private static void Check(object? thing, string[] secrets)
    {
        var texts = new List<string?> { thing?.ToString() };
        if (thing is ApiException error)
        {
            texts.AddRange([error.ServerMessage, error.RequestId, error.InnerException?.ToString()]);
        }
        else if (thing is CadenzaCredential)
        {
            texts.Add(JsonSerializer.Serialize(thing, Relaxed));
        }

        string all = string.Join('\n', texts);
        Assert.All(
            secrets,
            secret =>
            {
                Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
                Assert.DoesNotContain(
                    JsonSerializer.Serialize(secret, Relaxed).Trim('"'),
                    all,
                    StringComparison.Ordinal);
            });
    }

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As the JSON libraries of the world write a string.</summary>
    private static string Escape(string text, string escaping) =>
        escaping switch
        {
            "dotnet" => JsonSerializer.Serialize(text).Trim('"'),
            "ascii" => string.Concat(
                text.Select(static c =>
                    c is '"' or '\\' ? "\\" + c
                    : c < 128 ? c.ToString()
                    : $"\\u{(int)c:x4}")),
            "php" => JsonSerializer.Serialize(text, Relaxed)[1..^1].Replace("/", "\\/", StringComparison.Ordinal),
            _ => JsonSerializer.Serialize(text, Relaxed)[1..^1],
        };

    private sealed class Observer : QuietObserver
    {
        public List<RequestTrace> Traces { get; } = [];

        public override bool WantsAttempts => true;

        public override bool WantsDetail => true;

        public string Text =>
            string.Join(
                '\n',
                Traces
                    .Select(static trace => trace + "\n" + trace.Detail + JsonSerializer.Serialize(trace))
                    .Concat(Details));

        private List<string> Details { get; } = [];

        public override void OnAttempt(RequestTrace trace) => Traces.Add(trace);

        public override void OnDetail(string detail) => Details.Add(detail);
    }
}
