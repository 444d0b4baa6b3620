namespace Cadenza.Sandbox.Tests;

/// <summary>Lists that are divided into pages, and that change between two of them.</summary>
public sealed class PagingFaultTests
{
    private const int Bound = 100;
    private const string ByOffset = "credential/list:OffsetPages:size=3";

    [Fact]
    public async Task Offset_pages_shrink_while_the_filtered_credentials_change()
    {
        await using Rig rig = Start(8, "credential/list:OffsetPages:size=3");
        int failed = rig.Sandbox.GetState().Credentials.Count(static c => c.Status == "FAILED");
        Assert.Equal(3, failed);
        Response first = await Response.ReadAsync(rig.ListAsync("?credentialStatus=FAILED&limit=2"));
        AssertPage(first, offset: 0, limit: 2, total: 3, hasNext: true);
        foreach (string id in Ids(first))
        {
            Assert.Equal(200, (await RotateAsync(rig, id)).Status);
        }

        Response second = await Response.ReadAsync(rig.ListAsync("?credentialStatus=FAILED&limit=2&offset=2"));
        Assert.Empty(Ids(second));
        AssertPage(second, offset: 2, limit: 2, total: 1, hasNext: false);
    }

    [Fact]
    public async Task A_limit_above_the_page_size_is_reduced_to_it()
    {
        await using Rig rig = Start(8, "credential/list:OffsetPages:size=3");
        Response page = await Response.ReadAsync(rig.ListAsync("?limit=1000"));
        AssertPage(page, offset: 0, limit: 3, total: 8, hasNext: true);
        Assert.False(page.Json.GetProperty("pagination").TryGetProperty("cursor", out _));
    }

    [Fact]
    public async Task Offset_pages_without_a_total_say_only_where_they_are()
    {
        await using Rig rig = Start(8, "credential/list:OffsetPagesWithoutTotal:size=3");
        Response page = await Response.ReadAsync(rig.ListAsync("?offset=6"));
        Assert.Equal(2, Ids(page).Length);
        Assert.Equal("""{"offset":6,"limit":3}""", page.Json.GetProperty("pagination").GetRawText());
    }

    [Theory]
    [InlineData("CursorPages:size=3", 5, "3 2")]
    [InlineData("CursorPages", 12, "5 5 2")]
    [InlineData("EmptyPages:size=3", 5, "3 0 2")]
    [InlineData("EmptyPages:size=2", 6, "2 0 2 0 2")]
    public async Task Cursor_pages_have_these_sizes_and_every_credential_once(string fault, int count, string sizes)
    {
        await using Rig rig = Start(count, "credential/list:" + fault);
        List<Response> pages = await FollowAsync(rig, "");
        Assert.Equal(sizes, Sizes(pages));
        Assert.Equal(rig.Sandbox.GetState().Credentials.Select(static c => c.CredentialId), pages.SelectMany(Ids));
        Assert.All(
            pages.SkipLast(1),
            static p => Assert.True(p.Json.GetProperty("pagination").GetProperty("hasNext").GetBoolean()));
        Assert.Equal(pages.Count - 1, pages.Select(static p => Cursor(p)).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task Pages_that_are_cut_before_the_filter_can_be_empty()
    {
        await using Rig rig = Start(24, "credential/list:UnfilteredPages:size=3");
        List<Response> pages = await FollowAsync(rig, "?credentialStatus=FAILED");
        Assert.Equal("2 1 0 0 1 0 0 0", Sizes(pages));
        Assert.Equal(
            from credential in rig.Sandbox.GetState().Credentials
            where credential.Status == "FAILED"
            select credential.CredentialId,
            pages.SelectMany(Ids));
    }

    [Fact]
    public async Task A_row_that_vanishes_moves_the_next_page_over_one_that_was_not_seen()
    {
        await using Rig rig = Start(6, "credential/list:RowsVanish:size=3,times=1", ByOffset);
        string[] before = Actual(rig);
        Assert.Equal(before[..3], Ids(await Response.ReadAsync(rig.ListAsync())));
        Assert.Equal(before[1..], Actual(rig));
        Assert.Equal(before[4..], Ids(await Response.ReadAsync(rig.ListAsync("?offset=3"))));
        Assert.Null(rig.Sandbox.FindCredential(before[0]));
        Assert.DoesNotContain(rig.Sandbox.GetState().TradingAccounts, a => a.CredentialId == before[0]);
    }

    [Fact]
    public async Task A_row_that_appears_moves_a_row_into_a_second_page()
    {
        await using Rig rig = Start(6, "credential/list:RowsAppear:size=3,times=1", ByOffset);
        string[] before = Actual(rig);
        Assert.Equal(before[..3], Ids(await Response.ReadAsync(rig.ListAsync())));
        string[] after = Actual(rig);
        Assert.Equal(before, after[1..]);
        Assert.True(rig.Sandbox.FindCredential(after[0])!.IsColleagues);
        Assert.Equal(before[2..5], Ids(await Response.ReadAsync(rig.ListAsync("?offset=3"))));
    }

    [Fact]
    public async Task A_row_that_moves_is_listed_twice_and_another_not_at_all()
    {
        await using Rig rig = Start(6, "credential/list:RowsMove:size=3,times=1", ByOffset);
        string[] before = Actual(rig);
        string[] first = Ids(await Response.ReadAsync(rig.ListAsync()));
        string[] second = Ids(await Response.ReadAsync(rig.ListAsync("?offset=3")));
        Assert.Equal(before[..3], first);
        Assert.Equal([before[4], before[5], before[0]], second);
    }

    [Theory]
    [InlineData(SandboxPaging.Cursor, "3 3 2")]
    [InlineData(SandboxPaging.CursorWithGaps, "3 0 3 0 2")]
    [InlineData(SandboxPaging.CursorBeforeFilter, "3 3 2")]
    public async Task The_paging_option_does_without_a_fault(SandboxPaging paging, string sizes)
    {
        await using var rig = Rig.InProcess(new SandboxOptions { CredentialCount = 8, PageSize = 3, Paging = paging });
        List<Response> pages = await FollowAsync(rig, "");
        Assert.Equal(sizes, Sizes(pages));
    }

    private static Rig Start(int count, params string[] rules) =>
        Rig.InProcess(new SandboxOptions { CredentialCount = count, Faults = Rig.Faults(rules) });

    private static string[] Actual(Rig rig) =>
        [.. rig.Sandbox.GetState().Credentials.Select(static c => c.CredentialId)];

    private static string[] Ids(Response page) =>
        [.. page.Data.EnumerateArray().Select(static c => c.GetProperty("credentialId").GetString()!)];

    private static string Sizes(IEnumerable<Response> pages) =>
        string.Join(' ', pages.Select(static p => p.Data.GetArrayLength()));

    private static string? Cursor(Response page) =>
        page.Json.GetProperty("pagination").TryGetProperty("cursor", out JsonElement cursor)
            ? cursor.GetString()
            : null;

    private static void AssertPage(Response page, int offset, int limit, int total, bool hasNext)
    {
        JsonElement pagination = page.Json.GetProperty("pagination");
        Assert.Equal(
            (offset, limit, total, hasNext),
            (pagination.GetProperty("offset").GetInt32(), pagination.GetProperty("limit").GetInt32(),
                pagination.GetProperty("total").GetInt32(), pagination.GetProperty("hasNext").GetBoolean()));
    }

    private static Task<Response> RotateAsync(Rig rig, string id) =>
        Response.ReadAsync(rig.PostAsync("credential/rotate", Rig.NewKeys(rig.Sandbox.FindCredential(id)!)));

    private static async Task<List<Response>> FollowAsync(Rig rig, string query)
    {
        var pages = new List<Response>();
        string? cursor = null;
        do
        {
            string mark = query.Length == 0 ? "?" : "&";
            string next = cursor is null ? query : query + mark + "cursor=" + Uri.EscapeDataString(cursor);
            pages.Add(await Response.ReadAsync(rig.ListAsync(next)));
            cursor = Cursor(pages[^1]);
            Assert.InRange(pages.Count, 1, Bound);
        }
        while (cursor is not null);

        return pages;
    }
}
