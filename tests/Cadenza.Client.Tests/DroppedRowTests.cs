namespace Cadenza.Client.Tests;

/// <summary>What a filter does not let pass costs next to nothing, and hides no fault.</summary>
public sealed class DroppedRowTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Filters => ["status", "type", "words", "time"];

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [MemberData(nameof(Filters))]
    public void A_dropped_row_makes_no_objects(string kind)
    {
        const int Rows = 40_000;

        // A credential and its texts take more than 400 bytes.
        const long AllowedEach = 40;
        string list = Wire.List([
            .. Enumerable
                .Range(0, Rows)
                .Select(static i =>
                    $$"""{"credentialId":"{{Guid.NewGuid()}}","venue":"OKX","credentialType":"EXCHANGE","nickname":"desk {{i}}","status":"VERIFIED","identities":["spot","margin"],"apiKey":"abc***","userId":"u","createdAt":1704067200000,"updatedAt":1893456000000}"""
                ),
        ]);
        using CadenzaClient client = new InMemoryServer(list).CreateClient();
        var filter = kind switch
        {
            "status" => new CredentialFilter { Statuses = ["FAILED"] },
            "type" => new CredentialFilter { CredentialTypes = ["HMAC"] },
            "words" => new CredentialFilter { PreFilter = static words => words.Venue == "BINANCE" },
            _ => new CredentialFilter { UpdatedBefore = Time },
        };

        // Everything is here: the whole listing runs on this thread, whose allocations nobody else adds to.
        SynchronizationContext.SetSynchronizationContext(null);
        List(client, filter);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int brought = List(client, filter);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Rows;

        Assert.Equal(0, brought);
        Assert.InRange(each, 0, AllowedEach);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_told_of_although_the_filter_would_not_let_it_pass()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { Statuses = ["FAILED"] },
            Answers.Json(
                Wire.List(
                    Wire.Credential("a", "FAILED"),
                    """{"status":"VERIFIED"}""",
                    """{"credentialId":"has space","status":"VERIFIED"}""",
                    """{"credentialId":"x","status":"VERIFIED","nickname":7}""",
                    """{"credentialId":"x","status":"VERIFIED","updatedAt":"yesterday"}""",
                    """{"credentialId":"x","status":"VERIFIED","identities":[7]}""",
                    """{"credentialId":7,"status":"VERIFIED"}""",
                    "7",
                    Wire.Credential("b", "VERIFIED"))));

        result.AssertComplete(["a"]);
        Assert.Equal([2L, 3, 4, 5, 6, 7, 8], result.BadRows.Select(static e => e.Position));
        Assert.Equal(
            [
                "it has no credentialId",
                "its credentialId contains white space",
                "nickname is a number, not a string",
                "updatedAt is not a time",
                "identities is a number, not a string",
                "credentialId is a number, not a string",
                "it is a number, not an object",
            ],
            result.BadRows.Select(static e => e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) + 2)..^1]));
    }

    [Fact]
    public async Task A_wanted_id_that_the_other_filters_drop_is_not_missing()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { CredentialIds = ["a", "b", "c"], Statuses = ["FAILED"] },
            Answers.Json(Wire.List(Wire.Credential("a"), Wire.Credential("b", "FAILED"))));

        Assert.Equal(["b"], result.Ids);
        Assert.Equal(["c"], result.Missing);
    }

    [Fact]
    public async Task Only_what_was_last_changed_before_the_time_passes()
    {
        long at = Time.ToUnixTimeMilliseconds();
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { UpdatedBefore = Time },
            Answers.Json(
                Wire.List(
                    $$"""{"credentialId":"just-before","updatedAt":{{at - 1}}}""",
                    $$"""{"credentialId":"at","updatedAt":{{at}}}""",
                    $$"""{"credentialId":"after","updatedAt":"{{at + 1}}"}""",
                    """{"credentialId":"never"}""",
                    """{"credentialId":"null","updatedAt":null}""",
                    """{"credentialId":"twin","updatedAt":null,"updatedAtDateTime":"2026-03-01T11:59:59.999Z"}""",
                    """{"credentialId":"zone","updatedAt":"2026-03-01T13:59:59+02:00"}""",
                    $$"""{"credentialId":"created","createdAt":{{at - 1}}}""",
                    $$"""{"credentialId":"later-word","updatedAt":{{at + 1}},"updatedAtDateTime":"2000-01-01T00:00:00Z"}"""
                )));

        Assert.Equal(["just-before", "twin", "zone"], result.Ids);
        Assert.Empty(result.BadRows);
    }

    [Fact]
    public async Task Dropped_rows_count_as_news_so_that_paging_goes_on()
    {
        string Page(int start, string status, bool hasNext) =>
            Wire.ListWith(
                $$""","pagination":{"offset":{{start}},"hasNext":{{(hasNext ? "true" : "false")}}}""",
                [.. Enumerable.Range(start, 3).Select(i => Wire.Credential($"{i}", status))]);
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { Statuses = ["FAILED"] },
            Answers.Json(Page(0, "VERIFIED", hasNext: true)),
            Answers.Json(Page(3, "VERIFIED", hasNext: true)),
            Answers.Json(Page(6, "FAILED", hasNext: false)));

        Assert.Equal(["6", "7", "8"], result.Ids);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("050e8400-e29b-41d4-a716-446655440000", "+50e8400-e29b-41d4-a716-446655440000")]
    [InlineData("000e8400-e29b-41d4-a716-446655440000", "0x0e8400-e29b-41d4-a716-446655440000")]
    [InlineData("550e8400e29b41d4a716446655440000", "550e8400-e29b-41d4-a716-446655440000")]
    public async Task Ids_that_only_look_alike_are_different_credentials(string one, string other)
    {
        ListResult result = await ListResult.FromAsync(
            Answers.Json(Wire.List(Wire.Credential(one), Wire.Credential(other))));

        Assert.Equal([one, other], result.Ids);
    }

    [Fact]
    public async Task An_id_that_comes_again_is_dropped_whatever_became_of_it_the_first_time()
    {
        const string Id = "550e8400-e29b-41d4-a716-446655440000";
        string escaped = "\\u0035" + Id[1..];
        await using var server = ScriptedServer.Answering(
            Answers.Json(
                Wire.List(
                    Wire.Credential(Id),
                    Wire.Credential(Id, "FAILED"),
                    Wire.Credential(escaped, "FAILED"),
                    Wire.Credential("x"),
                    Wire.Credential("x", "FAILED"))));

        Assert.Empty((await ListResult.OfAsync(server.Client, new CredentialFilter { Statuses = ["FAILED"] })).Ids);
        Assert.Equal([Id, "x"], (await ListResult.OfAsync(server.Client)).Ids);
    }

    private static int List(CadenzaClient client, CredentialFilter filter)
    {
        int brought = 0;
        Task listing = client.ListCredentialsAsync(filter, _ => brought++, CancellationToken.None);
        Assert.True(listing.IsCompletedSuccessfully);
        return brought;
    }
}
