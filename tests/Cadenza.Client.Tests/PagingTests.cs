using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests;

/// <summary>Lists in pages: whichever way a server pages, everything comes once and the asking ends.</summary>
public sealed class PagingTests
{
    [Theory]
    [InlineData(SandboxDialect.Guide, 7, 4)]
    [InlineData(SandboxDialect.OpenApi, 8, 3)]
    [InlineData(SandboxDialect.EndpointPage, 24, 1)]
    [InlineData(SandboxDialect.Guide, 1, 24)]
    public async Task A_server_with_pages_is_read_to_its_end(SandboxDialect dialect, int pageSize, int requests)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(
            new SandboxOptions { Dialect = dialect, PageSize = pageSize });
        using CadenzaClient client = TestClients.Create(host);

        ListResult result = await ListResult.OfAsync(client);

        result.AssertComplete(host.Sandbox.FindIds(static _ => true));
        Assert.Equal(requests, host.Sandbox.RequestCount);
    }

    [Theory]
    [InlineData("cursor")]
    [InlineData("cursorAlone")]
    [InlineData("offset")]
    [InlineData("offsetUntold")]
    [InlineData("total")]
    public async Task Every_way_of_paging_brings_everything_once(string way)
    {
        ListResult result = await ListResult.FromAsync(
            ScriptedServer.Running(request => Answers.Json(PageOf(request, way))));

        result.AssertComplete(["id-0", "id-1", "id-2", "id-3", "id-4"]);

        // Pages by offset overlap by one element.
        Assert.Equal(way.StartsWith("cursor", StringComparison.Ordinal) ? 3 : 4, result.Requests.Count);
    }

    [Theory]
    [InlineData("""{"hasNext":true}""")]
    [InlineData("""{"hasNext":true,"cursor":"same"}""")]
    [InlineData("""{"hasNext":true,"offset":0,"limit":2}""")]
    [InlineData("""{"total":100}""")]
    [InlineData("""{"cursor":"same"}""")]
    [InlineData("""{"total":100,"offset":0,"limit":2}""")]
    [InlineData("""{"offset":0,"limit":2}""")]
    [InlineData("""{"offset":0,"limit":1}""")]
    public async Task The_same_page_for_ever_ends_the_list_with_a_warning(string pagination)
    {
        ListResult result = await ListResult.FromAsync(Answers.Json(Wire.Page(pagination, "a", "b")));

        Assert.Null(result.Failure);
        Assert.Equal(["a", "b"], result.Ids);
        Assert.InRange(result.Warnings.Count, pagination.Contains("cursor", StringComparison.Ordinal) ? 0 : 1, 1);
        Assert.All(
            result.Warnings,
            static warning => Assert.Contains("may be incomplete", warning, StringComparison.Ordinal));

        // A list by offset is read again, because it may have changed.
        Assert.InRange(result.Requests.Count, 2, 8);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    [InlineData(6, 3)]
    [InlineData(7, 3)]
    [InlineData(9, 3)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(24, 100)]
    public async Task Offset_pages_without_a_total_are_read_to_their_end(int count, int pageSize)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions
        {
            CredentialCount = count,
            Faults = Sandboxes.Faults($"credential/list:OffsetPagesWithoutTotal:size={pageSize}"),
        });
        using CadenzaClient client = TestClients.Create(host);

        ListResult result = await ListResult.OfAsync(client);

        result.AssertComplete(host.Sandbox.FindIds(static _ => true));
        Assert.InRange(host.Sandbox.RequestCount, 1, count + 1);
    }

    [Theory]
    [InlineData("""{"offset":0,"limit":3}""")]
    [InlineData("""{"offset":0,"limit":0}""")]
    [InlineData("""{"limit":2}""")]
    [InlineData("""{"offset":0}""")]
    [InlineData("""{"offset":0,"limit":2,"total":2}""")]
    [InlineData("""{"offset":0,"limit":2,"hasNext":false}""")]
    public async Task A_page_that_shows_that_it_is_the_last_one_ends_the_list(string pagination)
    {
        ListResult result = await ListResult.FromAsync(Answers.Json(Wire.Page(pagination, "a", "b")));

        Assert.Equal(["a", "b"], result.Ids);
        Assert.Empty(result.Warnings);
        Assert.Single(result.Requests);
    }

    [Fact]
    public async Task A_list_whose_total_changes_between_two_pages_is_read_again()
    {
        string[] ids = ["a", "b", "c", "d"];
        int count = 0;
        ListResult result = await ListResult.FromAsync(
            ScriptedServer.Running(request =>
            {
                int start = int.Parse(request.Query("offset").LastOrDefault() ?? "0", CultureInfo.InvariantCulture);
                int total = ++count == 1 ? 3 : 4;
                return Answers.Json(Wire.Page(
                    $$"""{"offset":{{start}},"limit":2,"total":{{total}}}""", [.. ids.Skip(start).Take(2)]));
            }));

        Assert.Equal(ids, result.Ids);
        Assert.Equal(2, result.Requests.Count(static request => !request.Query("offset").Any()));
    }

    [Fact]
    public async Task A_total_that_stays_too_large_is_a_warning_after_the_list_was_read_again()
    {
        string[] ids = ["a", "b", "c"];
        await using var server = ScriptedServer.Running(request =>
        {
            int start = int.Parse(request.Query("offset").LastOrDefault() ?? "0", CultureInfo.InvariantCulture);
            string hasNext = start + 2 < ids.Length ? "true" : "false";
            return Answers.Json(Wire.Page(
                $$"""{"offset":{{start}},"limit":2,"total":5,"hasNext":{{hasNext}}}""", [.. ids.Skip(start).Take(2)]));
        });

        ListResult result = await ListResult.OfAsync(server.Client);

        Assert.Null(result.Failure);
        Assert.Equal(ids, result.Ids);
        Assert.Equal(
            "The server reported 5 credentials but sent 3. The list may be incomplete.",
            Assert.Single(result.Warnings));
        Assert.InRange(server.Requests.Count(static request => !request.Query("offset").Any()), 2, 8);
    }

    [Fact]
    public async Task Empty_pages_without_end_are_a_timeout()
    {
        int count = 0;
        ListResult result = await ListResult.FromAsync(
            ScriptedServer.Running(_ => Answers.Json(Wire.Page(
                $$"""{"hasNext":true,"cursor":"c{{++count}}"}""", count == 1 ? ["a"] : []))));

        Assert.Equal(["a"], result.Ids);
        Assert.Equal(CadenzaErrorKind.Timeout, result.Failure?.Kind);
        Assert.Contains("sent no more credentials within 100 s", result.Failure!.Message, StringComparison.Ordinal);
        Assert.InRange(result.Requests.Count, 100, 2000);
    }

    [Fact]
    public async Task A_page_that_comes_again_with_a_broken_row_in_it_ends_the_list()
    {
        ListResult result = await ListResult.FromAsync(
            Limited(Wire.ListWith(""","pagination":{"hasNext":true}""", Wire.Credential("a"), "null")));

        Assert.Equal(["a"], result.Ids);
        Assert.Single(result.Warnings);
        Assert.InRange(result.Requests.Count, 2, 8);
    }

    [Fact]
    public async Task A_very_long_page_that_comes_again_ends_the_list()
    {
        string[] ids = [.. Enumerable.Range(0, 10_050).Select(static i => i.ToString(CultureInfo.InvariantCulture))];
        ListResult result = await ListResult.FromAsync(Limited(Wire.Page("""{"hasNext":true}""", ids)));

        Assert.Equal(ids, result.Ids.Distinct());
        Assert.Equal(CadenzaErrorKind.BadResponse, result.Failure?.Kind);
        Assert.InRange(result.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task Empty_pages_with_new_cursors_do_not_end_the_list()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { CredentialIds = ["b"] },
            Answers.Json(Wire.Page("""{"hasNext":true,"cursor":"c1"}""", "a")),
            Answers.Json(Wire.Page("""{"hasNext":true,"cursor":"c2"}""")),
            Answers.Json(Wire.Page("""{"cursor":"c3"}""")),
            Answers.Json(Wire.Page("""{"hasNext":false}""", "b")));

        result.AssertComplete(["b"]);
        Assert.Equal(4, result.Requests.Count);
    }

    [Theory]
    [InlineData("""{"hasNext":true,"cursor":"c1"}""")]
    [InlineData("""{"hasNext":true,"cursor":"c2"}""")]
    public async Task A_cursor_that_was_used_before_ends_the_list_with_a_warning(string repeated)
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { CredentialIds = ["b"] },
            Answers.Json(Wire.Page("""{"hasNext":true,"cursor":"c1"}""", "a")),
            Answers.Json(Wire.Page("""{"hasNext":true,"cursor":"c2"}""")),
            Answers.Json(Wire.Page(repeated)));

        Assert.Single(result.Warnings);
        Assert.Equal(3, result.Requests.Count);
        Assert.Equal(["b"], result.Missing);
        ApiException missing = Assert.Single(result.Rows, static row => row.MissingId is not null).Error!;
        Assert.Contains("Cannot determine whether", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(5, true)]
    [InlineData(39, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(5, false)]
    [InlineData(20, false)]
    [InlineData(39, false)]
    [InlineData(40, false)]
    public async Task A_list_that_shrinks_by_the_changes_of_its_consumer_loses_no_row(int pageSize, bool reportsMore)
    {
        await using var server = new ShrinkingServer(40, pageSize, reportsMore);
        using CadenzaClient client = TestClients.Create(server.Address);
        var revoked = new List<string>();

        await client
            .ListCredentialsAsync(
                new CredentialFilter { Statuses = ["FAILED"] },
                row =>
                {
                    Assert.NotNull(row.Credential);
                    revoked.Add(row.Credential.CredentialId);
                    server.Revoke(row.Credential.CredentialId);
                },
                default)
            .Bounded();

        Assert.Equal(40, revoked.Distinct().Count());
        Assert.Equal(40, revoked.Count);
    }

    [Fact]
    public async Task A_page_that_fails_ends_the_list_after_what_was_read()
    {
        ListResult result = await ListResult.FromAsync(
            Answers.Json(Wire.Page("""{"hasNext":true,"cursor":"c1"}""", "a")),
            Answers.Html());

        Assert.Equal(["a"], result.Ids);
        Assert.Equal((CadenzaErrorKind.BadResponse, 502), (result.Failure!.Kind, result.Failure.HttpStatus!.Value));
    }

    [Fact]
    public async Task First_asks_for_no_page_that_it_does_not_need()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(new SandboxOptions { PageSize = 5 });
        using CadenzaClient client = TestClients.Create(host);

        ListResult result = await ListResult.OfAsync(client, new CredentialFilter { First = 5 });

        Assert.Equal(5, result.Credentials.Count);
        Assert.Equal(1, host.Sandbox.RequestCount);
    }

    [Fact]
    public async Task A_cursor_goes_back_to_the_server_as_it_came()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { Statuses = ["VERIFIED"] },
            Answers.Json(Wire.Page("""{"cursor":"a+b/c=&\u00fc%20","limit":50}""", "a")),
            Answers.Json(Wire.Page("""{"cursor":""}""", "b")));

        Assert.Equal(["a", "b"], result.Ids);
        Assert.Equal(["a+b/c=&ü%20"], result.Requests[1].Query("cursor"));
        Assert.Equal(["VERIFIED"], result.Requests[1].Query("credentialStatus"));
    }

    /// <summary>Five credentials in pages of two.</summary>
    private static string PageOf(ReceivedRequest request, string way)
    {
        string? cursor = request.Query("cursor").LastOrDefault();
        int start = int.Parse(
            request.Query("offset").LastOrDefault() ?? cursor?[1..] ?? "0",
            CultureInfo.InvariantCulture);
        string[] ids = [.. Enumerable.Range(start, Math.Min(2, 5 - start)).Select(static i => "id-" + i)];
        string hasNext = start + 2 < 5 ? "true" : "false";
        return Wire.Page(
            way switch
            {
                "cursor" => $$"""{"hasNext":{{hasNext}},"cursor":"c{{start + 2}}"}""",
                "cursorAlone" => start + 2 < 5 ? $$"""{"cursor":"c{{start + 2}}"}""" : "{}",
                "offset" => $$"""{"offset":{{start}},"limit":2,"hasNext":{{hasNext}}}""",
                "offsetUntold" => $$"""{"hasNext":{{hasNext}}}""",
                _ => """{"total":5}""",
            },
            ids);
    }

    /// <summary>The same page, a limited number of times, so that a failing test ends.</summary>
    private static ScriptedServer Limited(string page)
    {
        int count = 0;
        return ScriptedServer.Running(_ => ++count > 20 ? Answers.Html(500) : Answers.Json(page));
    }
}
