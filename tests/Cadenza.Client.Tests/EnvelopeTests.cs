namespace Cadenza.Client.Tests;

/// <summary>
/// Answers that are no success, or none of the API's: for one object and for a list the same thing is said.
/// </summary>
public sealed class EnvelopeTests
{
    private const string Credential = """{"credentialId":"a","nickname":"canary-body"}""";

    public static TheoryData<int, string, CadenzaErrorKind, RequestOutcome, long> Refusals =>
        new()
        {
            {
                200, """{"data":null,"success":false,"errno":-130001,"error":"words"}""",
                CadenzaErrorKind.AlreadyRevoked, RequestOutcome.Rejected, -130001
            },
            {
                200, """{"data":null,"success":false,"errno":0,"error":"words"}""",
                CadenzaErrorKind.Refused, RequestOutcome.Rejected, 0
            },
            {
                200, """{"errno":-22018,"error":"words"}""",
                CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected, -22018
            },
            {
                200, """{"errno":"-22018","error":"words"}""",
                CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected, -22018
            },
            {
                200, """{"success":true,"errno":-22018,"error":"words","data":null}""",
                CadenzaErrorKind.AccessDenied, RequestOutcome.Rejected, -22018
            },
            { 200, """{"errno":-77777,"error":"words"}""", CadenzaErrorKind.Refused, RequestOutcome.Rejected, -77777 },
            {
                500, """{"success":true,"errno":0,"data":null,"error":"words"}""",
                CadenzaErrorKind.ServerError, RequestOutcome.Unknown, 0
            },
            {
                400, """{"details":{"code":"words","nested":{"a":[1]}},"errno":-1}""",
                CadenzaErrorKind.InvalidRequest, RequestOutcome.Rejected, -1
            },
        };

    public static TheoryData<string, int, CadenzaErrorKind, RequestOutcome> Unreadables =>
        new()
        {
            { "html", 502, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "html", 503, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "html", 500, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "html", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "html", 404, CadenzaErrorKind.EndpointNotFound, RequestOutcome.Rejected },
            { "html", 401, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "html", 407, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "html", 451, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "empty", 403, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "html", 403, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "html", 429, CadenzaErrorKind.RateLimited, RequestOutcome.Rejected },
            { "html", 413, CadenzaErrorKind.RequestBlocked, RequestOutcome.Rejected },
            { "empty", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "empty", 204, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "empty", 504, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "garbage", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "array", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "null", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "otherApi", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "wordsForFlags", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "twoDocuments", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "deep", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
            { "gzip", 200, CadenzaErrorKind.BadResponse, RequestOutcome.Unknown },
        };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_in_the_apis_form_is_told_as_it_is(
        int status,
        string json,
        CadenzaErrorKind kind,
        RequestOutcome outcome,
        long errno)
    {
        foreach (ApiException error in await AnswersToBothAsync(Answers.Json(json, status, "X-Request-Id: req-7")))
        {
            Assert.Equal((kind, outcome), (error.Kind, error.Outcome));
            Assert.Equal(
                ((int?)status, (long?)errno, "req-7", "words"),
                (error.HttpStatus, error.Errno, error.RequestId, error.ServerMessage));
            AssertIsOneLine(error);
        }
    }

    [Theory]
    [InlineData("-2.2016e4", CadenzaErrorKind.CredentialNotFound, -22016L)]
    [InlineData("-22016.0", CadenzaErrorKind.CredentialNotFound, -22016L)]
    [InlineData("\"-2.2016E4\"", CadenzaErrorKind.CredentialNotFound, -22016L)]
    [InlineData("\" -22016 \"", CadenzaErrorKind.CredentialNotFound, -22016L)]
    [InlineData("-22016.5", CadenzaErrorKind.Refused, null)]
    [InlineData("0.5", CadenzaErrorKind.Refused, null)]
    [InlineData("1e-400", CadenzaErrorKind.Refused, null)]
    [InlineData("1e400", CadenzaErrorKind.Refused, null)]
    [InlineData("-99999999999999999999", CadenzaErrorKind.Refused, null)]
    [InlineData("\"-99999999999999999999\"", CadenzaErrorKind.Refused, null)]
    [InlineData("1,\"errno\":0", CadenzaErrorKind.Refused, 1L)]
    public async Task An_errno_that_is_a_number_but_not_zero_is_a_failure(
        string errno,
        CadenzaErrorKind kind,
        long? expected)
    {
        string json = $$$"""{"success":true,"errno":{{{errno}}},"data":{{{Credential}}}}""";
        foreach (ApiException error in await AnswersToBothAsync(Answers.Json(json)))
        {
            Assert.Equal((kind, RequestOutcome.Rejected, expected), (error.Kind, error.Outcome, error.Errno));
        }
    }

    [Theory]
    [InlineData("true", "\"OK\"", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "\"\"", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "\"-22016x\"", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "\".\"", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "false", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "{}", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("true", "[0]", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("\"yes\"", "0", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("1", "0", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("0", "0", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("{}", "0", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    [InlineData("\"\"", "null", CadenzaErrorKind.BadResponse, RequestOutcome.Unknown)]
    // False in any place is a failure.
    [InlineData("\"false\"", "0", CadenzaErrorKind.Refused, RequestOutcome.Rejected)]
    [InlineData("false,\"success\":true", "0", CadenzaErrorKind.Refused, RequestOutcome.Rejected)]
    [InlineData("false", "\"none\"", CadenzaErrorKind.Refused, RequestOutcome.Rejected)]
    public async Task A_success_or_errno_of_an_unknown_form_is_no_success(
        string success, string errno, CadenzaErrorKind kind, RequestOutcome outcome)
    {
        string json = $$$"""{"success":{{{success}}},"errno":{{{errno}}},"data":{{{Credential}}}}""";
        Assert.All(
            await AnswersToBothAsync(Answers.Json(json)),
            error => Assert.Equal((kind, outcome), (error.Kind, error.Outcome)));
    }

    [Theory]
    [InlineData("true", "0.0")]
    [InlineData("true", "-0")]
    [InlineData("true", "0e5")]
    [InlineData("true", "\"0\"")]
    [InlineData("true", "\"-0.0\"")]
    [InlineData("true", "null")]
    [InlineData("\"True\"", "0")]
    [InlineData("null", "0")]
    public async Task An_errno_of_zero_is_a_success(string success, string errno)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(
                $$$"""{"success":{{{success}}},"errno":{{{errno}}},"data":{{{Wire.Credential("a", "REVOKED")}}}}"""));

        Assert.Equal("REVOKED", (await server.Client.RevokeCredentialAsync("a").Bounded()).Status);
    }

    [Theory]
    [MemberData(nameof(Unreadables))]
    public async Task An_answer_that_is_none_of_the_apis_is_a_bad_response_with_nothing_of_its_body(
        string body,
        int status,
        CadenzaErrorKind kind,
        RequestOutcome outcome)
    {
        string type = body == "html" ? "text/html; charset=utf-8" : "application/json";
        string[] headers = body == "gzip" ? ["X-Request-Id: req-7", "Content-Encoding: gzip"] : ["X-Request-Id: req-7"];
        foreach (ApiException error in await AnswersToBothAsync(Answers.Bytes(BodyOf(body), status, type, headers)))
        {
            Assert.Equal((kind, outcome), (error.Kind, error.Outcome));
            Assert.Equal(((int?)status, "req-7"), (error.HttpStatus, error.RequestId));
            Assert.Null(error.Errno);
            Assert.Null(error.ServerMessage);
            AssertIsOneLine(error);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(60)]
    public async Task A_body_that_is_cut_off_leaves_the_outcome_unknown(int keep)
    {
        Answer answer = Answers.Truncated(Wire.Failure(-22018, "canary-body"), keep);
        foreach (ApiException error in await AnswersToBothAsync(answer))
        {
            Assert.Contains(error.Kind, new[] { CadenzaErrorKind.BadResponse, CadenzaErrorKind.ConnectionFailed });
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
            AssertIsOneLine(error);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"credentialId":"a"}]""")]
    [InlineData("\"done\"")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"credentialId":"canary body"}""")]
    public async Task A_change_whose_success_comes_without_a_credential_was_made_and_is_read_back(string data)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.Item(data)),
            Answers.Json(Wire.List(Wire.Credential("b"), Wire.Credential("a", "REVOKED"))));

        CadenzaCredential credential = await server.Client.RevokeCredentialAsync("a").Bounded();

        Assert.Equal(("a", "REVOKED", "desk a"), (credential.CredentialId, credential.Status, credential.Nickname));
        Assert.Equal(
            ["/api/v3/credential/revoke", "/api/v3/credential/list"],
            server.Requests.Select(static request => request.Path));
    }

    [Theory]
    [InlineData("null")]
    [InlineData(Credential)]
    [InlineData("\"done\"")]
    [InlineData("7")]
    public async Task A_list_whose_data_is_no_list_is_a_bad_response(string data)
    {
        ListResult result = await ListResult.FromAsync(Answers.Json(Wire.Item(data)));

        Assert.Equal(CadenzaErrorKind.BadResponse, result.Failure?.Kind);
        Assert.Empty(result.Rows);
        AssertIsOneLine(result.Failure!);
    }

    [Fact]
    public async Task A_list_that_turns_out_to_have_failed_after_its_data_gives_its_rows_and_then_the_error()
    {
        ListResult result = await ListResult.FromAsync(
            Answers.Json($$"""{"data":[{{Wire.Credential("a")}}],"success":false,"errno":-22000,"error":"words"}"""));

        Assert.Equal(["a"], result.Ids);
        Assert.Equal(CadenzaErrorKind.BadResponse, result.Failure?.Kind);
        Assert.Contains("incomplete", result.Failure!.Message, StringComparison.Ordinal);
        AssertIsOneLine(result.Failure!);
    }

    [Fact]
    public async Task The_request_id_of_the_details_wins_over_the_headers()
    {
        const string Json = """{"success":false,"errno":-22018,"details":{"request_id":"from\u001b-body"}}""";
        foreach (ApiException error in await AnswersToBothAsync(Answers.Json(Json, 403, "X-Request-Id: from-header")))
        {
            Assert.Equal("from\uFFFD-body", error.RequestId);
        }
    }

    [Fact]
    public async Task A_servers_words_are_cleaned_and_cut()
    {
        string words = "a\\u001b[31mb\\r\\nc\\u202e" + new string('x', 5000);
        foreach (ApiException error in await AnswersToBothAsync(Answers.Json(Wire.Failure(-22018, words), 403)))
        {
            Assert.StartsWith("a\uFFFD[31mb  c\uFFFDxxx", error.ServerMessage, StringComparison.Ordinal);
            Assert.InRange(error.Message.Length, 512, 700);
            AssertIsOneLine(error);
        }
    }

    [Fact]
    public async Task An_answer_larger_than_any_credential_is_not_read_to_its_end()
    {
        string huge = Wire.Item($$"""{"credentialId":"a","x":"{{new string('x', 3 << 20)}}"}""");
        await using var server = ScriptedServer.Answering(Answers.Json(huge));

        ApiException error = await server.Client.RevokeCredentialAsync("a")
            .FailsAsync(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown);

        Assert.Contains("larger than 1 MiB", error.Message, StringComparison.Ordinal);
    }

    private static byte[] BodyOf(string name) =>
        name switch
        {
            "html" => "<html><body>canary-body</body></html>"u8.ToArray(),
            "empty" => [],
            "garbage" => [0x00, 0xFF, .. "canary-body"u8, 0x80],
            "array" => Encoding.UTF8.GetBytes($"[{Credential}]"),
            "null" => "null"u8.ToArray(),
            "otherApi" => """{"message":"canary-body","code":0,"data":{"credentialId":"a"}}"""u8.ToArray(),
            "wordsForFlags" => """{"success":"yes","errno":"none","data":[],"error":"canary-body"}"""u8.ToArray(),
            "twoDocuments" => Encoding.UTF8.GetBytes(Wire.Item("null") + Wire.Item("null")),
            "deep" => Encoding.UTF8.GetBytes($$"""{"success":true,"x":{{new string('[', 10_000)}}"""),
            "gzip" => Encoding.UTF8.GetBytes(Wire.List(Credential)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such body."),
        };

    /// <summary>What the answer means to a change and to a listing.</summary>
    private static async Task<ApiException[]> AnswersToBothAsync(Answer answer)
    {
        await using var server = ScriptedServer.Answering(answer);
        ApiException change = await server.Client.RevokeCredentialAsync("a").FailsAsync();
        ListResult list = await ListResult.OfAsync(server.Client);
        Assert.Empty(list.Rows);
        Assert.Single(server.RequestsTo("/revoke"));
        return [change, Assert.IsType<ApiException>(list.Failure)];
    }

    private static void AssertIsOneLine(ApiException error)
    {
        Assert.DoesNotContain("canary-body", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, static c => char.IsControl(c));
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }
}
