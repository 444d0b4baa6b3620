using Cadenza.SandboxServer;

namespace Cadenza.Client.Tests;

/// <summary>
/// Filters are hints to the server and law here: the answer is right whatever the server does with them.
/// </summary>
public sealed class FilterTests
{
    private const string Unknown = "00000000-0000-0000-0000-000000000001";

    public static TheoryData<SandboxDialect, bool> Servers =>
        Combinations.Of(Enum.GetValues<SandboxDialect>(), [false, true]);

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Wanted_ids_are_found_and_each_one_that_does_not_exist_is_told_once(
        SandboxDialect dialect,
        bool ignoresFilters)
    {
        await using SandboxHost host = await StartAsync(dialect, ignoresFilters);
        using CadenzaClient client = TestClients.Create(host);
        string[] ids = host.Sandbox.FindIds(static _ => true);
        string[] wanted = [ids[5], Unknown, ids[2].ToUpperInvariant(), "no-uuid", ids[9], Unknown];

        ListResult result = await ListResult.OfAsync(client, new CredentialFilter { CredentialIds = wanted });

        Assert.Null(result.Failure);
        Assert.Equal(
            new[] { ids[2], ids[5], ids[9] }.Order(StringComparer.Ordinal),
            result.Ids.Order(StringComparer.Ordinal));
        Assert.Equal([Unknown, "no-uuid"], result.Missing);
        Assert.InRange(host.Sandbox.RequestCount, 1, 2);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_single_id_is_found_or_told_missing_with_one_request(SandboxDialect dialect, bool ignoresFilters)
    {
        await using SandboxHost host = await StartAsync(dialect, ignoresFilters);
        using CadenzaClient client = TestClients.Create(host);
        string id = host.Sandbox.GetState().Credentials[4].CredentialId;

        ListResult found = await ListResult.OfAsync(client, new CredentialFilter { CredentialIds = [id] });
        ListResult missing = await ListResult.OfAsync(client, new CredentialFilter { CredentialIds = [Unknown] });

        Assert.Equal(id, found.Single().CredentialId);
        Assert.Equal([Unknown], missing.Missing);
        Assert.Single(missing.Rows);
        Assert.Equal(CadenzaErrorKind.CredentialNotFound, missing.Rows[0].Error?.Kind);
        Assert.Equal(2, host.Sandbox.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Statuses_are_compared_without_regard_to_case(SandboxDialect dialect, bool ignoresFilters)
    {
        await using SandboxHost host = await StartAsync(dialect, ignoresFilters);
        using CadenzaClient client = TestClients.Create(host);
        string[] revoked = host.Sandbox.FindIds(static c => c.IsRevoked);

        ListResult one = await ListResult.OfAsync(client, new CredentialFilter { Statuses = ["revoked"] });
        ListResult several = await ListResult.OfAsync(
            client,
            new CredentialFilter { Statuses = ["Revoked", "no such status"] });

        Assert.NotEmpty(revoked);
        Assert.Equal(revoked, one.Ids);
        Assert.Equal(revoked, several.Ids);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_status_of_another_dialect_gives_what_there_is_of_it_and_no_error(
        SandboxDialect dialect,
        bool ignoresFilters)
    {
        await using SandboxHost host = await StartAsync(dialect, ignoresFilters);
        using CadenzaClient client = TestClients.Create(host);

        foreach (string status in new[] { "FAILED", "VALIDATED", "PENDING", "EXPIRED", "neuer Zustand", "a&b=c" })
        {
            ListResult result = await ListResult.OfAsync(client, new CredentialFilter { Statuses = [status] });

            Assert.Null(result.Failure);
            Assert.Equal(host.Sandbox.FindIds(c => c.Status == status), result.Ids);
        }
    }

    [Theory]
    [InlineData(SandboxDialect.Guide, "broker", "BROKER")]
    [InlineData(SandboxDialect.EndpointPage, "Exchange", "EXCHANGE")]
    [InlineData(SandboxDialect.OpenApi, "hmac", "HMAC")]
    [InlineData(SandboxDialect.OpenApi, "EXCHANGE", null)]
    public async Task Types_are_filtered_in_every_dialect(SandboxDialect dialect, string wanted, string? found)
    {
        await using SandboxHost host = await StartAsync(dialect, ignoresFilters: false);
        using CadenzaClient client = TestClients.Create(host);

        ListResult result = await ListResult.OfAsync(client, new CredentialFilter { CredentialTypes = [wanted] });

        Assert.Null(result.Failure);
        Assert.Equal(found is not null, result.Credentials.Count > 0);
        Assert.All(result.Credentials, credential => Assert.Equal(found, credential.CredentialType));
    }

    [Fact]
    public async Task Skip_and_first_count_what_matches()
    {
        await using SandboxHost host = await StartAsync(SandboxDialect.Guide, ignoresFilters: true);
        using CadenzaClient client = TestClients.Create(host);
        string[] verified = host.Sandbox.FindIds(static c => c.Status == "VERIFIED");

        var filter = new CredentialFilter { Statuses = ["VERIFIED"], Skip = 2, First = 3 };
        ListResult result = await ListResult.OfAsync(client, filter);

        Assert.Equal(verified.Skip(2).Take(3), result.Ids);
    }

    [Fact]
    public async Task None_wanted_is_none_asked_for()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Wire.Credential("a"))));

        Assert.Empty((await ListResult.OfAsync(server.Client, new CredentialFilter { First = 0 })).Rows);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task First_says_nothing_of_what_comes_after_it()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { First = 1 },
            Answers.Json(Wire.Page("{\"hasNext\":true}", "a").Replace("}]", "},null]", StringComparison.Ordinal)));

        Assert.Equal("a", result.Single().CredentialId);
        Assert.Single(result.Requests);
    }

    [Fact]
    public async Task Updated_before_leaves_out_what_has_no_such_time()
    {
        string[] rows =
        [
            Wire.Credential("old", more: ",\"updatedAt\":1000"),
            Wire.Credential("new", more: ",\"updatedAt\":2000"),
            Wire.Credential("none"),
        ];
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(rows)));

        var filter = new CredentialFilter { UpdatedBefore = DateTimeOffset.FromUnixTimeMilliseconds(2000) };

        Assert.Equal("old", (await ListResult.OfAsync(server.Client, filter)).Single().CredentialId);
    }

    [Fact]
    public async Task Hints_have_the_openapi_names_and_the_servers_spelling()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List()));

        await ListResult.OfAsync(server.Client, new() { Statuses = ["failed"], CredentialTypes = ["hmac"] });
        await ListResult.OfAsync(server.Client, new() { CredentialIds = ["a/b&c=d"], Statuses = ["FAILED"] });
        await ListResult.OfAsync(
            server.Client, new() { Statuses = ["FAILED", "ERROR"], CredentialTypes = ["new word"] });

        Assert.Equal(
            [
                "/api/v3/credential/list?credentialType=HMAC&credentialStatus=FAILED",
                "/api/v3/credential/list?credentialIds=a%2Fb%26c%3Dd",
                "/api/v3/credential/list",
            ],
            server.Requests.Select(static request => request.Target));
    }

    [Theory]
    [InlineData("id-", 3000)]
    [InlineData("a+b=c/d@e-", 600)]
    public async Task Very_many_ids_make_no_query_that_a_proxy_would_cut(string prefix, int count)
    {
        string[] ids = [.. Enumerable.Range(0, count).Select(i => prefix + i)];
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { CredentialIds = ids },
            Answers.Json(Wire.List(Wire.Credential(ids[0]), Wire.Credential(ids[^1]))));

        Assert.Equal([ids[0], ids[^1]], result.Ids);
        Assert.Equal(count - 2, result.Missing.Count);
        Assert.All(result.Requests, static request => Assert.InRange(request.Target.Length, 1, 2100));
        Assert.InRange(result.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task A_refusal_of_a_hint_is_not_asked_for_ever()
    {
        ListResult result = await ListResult.FromAsync(
            new CredentialFilter { Statuses = ["FAILED"] },
            Answers.Json(Wire.Failure(-22015, "never"), 400));

        Assert.Equal(CadenzaErrorKind.InvalidRequest, result.Failure?.Kind);
        Assert.Equal(2, result.Requests.Count);
    }

    private static Task<SandboxHost> StartAsync(SandboxDialect dialect, bool ignoresFilters) =>
        SandboxHost.StartAsync(new SandboxOptions { Dialect = dialect, IgnoreFilters = ignoresFilters });
}
