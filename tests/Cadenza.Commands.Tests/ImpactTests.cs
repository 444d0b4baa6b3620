using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Support;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Tests.Support;
using Cadenza.Sandbox;
using Xunit;

namespace Cadenza.Commands.Tests;

/// <summary>What a revoke would do: told from one list of accounts, and never guessed.</summary>
public sealed class ImpactTests
{
    [Theory]
    [InlineData("None", "disconnects no trading account")]
    [InlineData("Disconnects", "disconnects 1 trading account (A)", "INACTIVE")]
    [InlineData("Disconnects", "disconnects 2 trading accounts (A, B)", "new", "UNAVAILABLE")]
    [InlineData("Disconnects", "disconnects 2 trading accounts (A, B)", "CREATED", "DISCONNECTED")]
    [InlineData("MayBeRefused", "disconnects 1 trading account (A)", "ACTIVE")]
    [InlineData("MayBeRefused", "disconnects 2 trading accounts (A, B)", "INACTIVE", "ACTIVE")]
    [InlineData("MayBeRefused", "disconnects 1 trading account (A)", "NEVER_SEEN_BEFORE")]
    [InlineData("MayBeRefused", "disconnects 1 trading account (A)", (string?)null)]
    public void The_effect_goes_by_the_accounts_statuses_of_which_an_unknown_one_may_be_active(string effect, string summary, params string?[]? statuses)
    {
        IEnumerable<TradingAccount> accounts = (statuses ?? [null]).Select(static (status, i) => Account($"{(char)('A' + i)}", status, "x"));

        CredentialImpact impact = Source([.. accounts, Account("other", "ACTIVE", "y")]).Of("X", nickname: "desk");

        Assert.Equal((effect, summary), (impact.Effect, impact.Summary));
        Assert.Equal((statuses ?? [null]).Length, impact.TradingAccountCount);
        Assert.Contains(impact.Effect, ImpactEffect.All);
    }

    [Theory]
    [InlineData(5, "disconnects 5 trading accounts (n1, n2, n3, n4, n5)")]
    [InlineData(6, "disconnects 6 trading accounts (n1, n2, n3, n4, n5 and 1 more)")]
    [InlineData(1005, "disconnects 1005 trading accounts (n1, n2, n3, n4, n5 and 1000 more)")]
    public void A_sentence_names_five_accounts_at_most(int count, string summary) =>
        Assert.Equal(summary, Source([.. Enumerable.Range(1, count).Select(static i => Account($"n{i}", "ACTIVE", "x"))]).Of("x").Summary);

    [Fact]
    public void Names_are_cut_and_cleaned_and_what_has_none_is_named_by_its_id()
    {
        var nameless = new TradingAccount { TradingAccountId = "acc-1", CredentialIds = ["x"] };
        var unknown = new TradingAccount { Nickname = " ", CredentialIds = ["x"] };
        string emoji = new string('a', 38) + "\U0001F680\U0001F680";

        string summary = Source(Account(new string('b', 60), "NEW", "x"), Account("red\u001b[31m\nline", "NEW", "x"), nameless, unknown, Account(emoji, "NEW", "x")).Of("x").Summary;

        Assert.Equal(
            $"disconnects 5 trading accounts ({new string('b', 39)}\u2026, red\uFFFD[31m\uFFFDline, account acc-1, an account without a name, {new string('a', 38)}\u2026)",
            summary);
    }

    [Theory]
    [InlineData("REVOKED")]
    [InlineData("revoked")]
    public void What_is_revoked_already_is_not_revoked_again(string status)
    {
        CredentialImpact impact = Source(Account("A", "DISCONNECTED", "x")).Of("x", "OKX", "desk", status);

        Assert.Equal(("Revoked", "is already revoked", 1), (impact.Effect, impact.Summary, impact.TradingAccountCount));
    }

    [Fact]
    public void A_time_of_revocation_counts_only_where_there_is_no_status()
    {
        ImpactSource source = Source();

        Assert.Equal("Revoked", source.Of(new CadenzaCredential { CredentialId = "x", RevokedAt = DateTimeOffset.UtcNow }).Effect);
        Assert.Equal("None", source.Of(new CadenzaCredential { CredentialId = "x", RevokedAt = DateTimeOffset.UtcNow, Status = "ACTIVE" }).Effect);
    }

    [Fact]
    public void An_impact_in_words_names_the_credential_as_everything_else_does()
    {
        ImpactSource source = Source(Account("Main SPOT", "INACTIVE", "660e"), Account("Main MARGIN", "INACTIVE", "660e"));

        Assert.Equal("BINANCE 'desk 7' (660e): disconnects 2 trading accounts (Main SPOT, Main MARGIN)", source.Of("660e", "BINANCE", "desk 7").ToString());
        Assert.Equal("credential none: disconnects no trading account; it was not checked whether the credential exists", source.Of("none").ToString());
        Assert.Equal("SPOT 'Main SPOT' INACTIVE, SPOT 'Main MARGIN' INACTIVE", source.Of("660e").TradingAccounts.ToString());
    }

    [Fact]
    public async Task A_bare_id_gets_the_names_that_the_accounts_list()
    {
        const string Row = """{"tradingAccountId":"1","nickname":"Main","status":"ACTIVE","venue":"OKX","credentials":["s",{"credentialId":"a","venue":"OKX_UAT","name":"desk","status":"ACTIVE"},{"credentialId":"b","nickname":7,"venue":{},"status":["x"]},{"nickname":"no id"},5]}""";
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(Row)));
        using CadenzaClient client = TestClients.Create(server);

        ImpactSource source = await ImpactSource.LoadAsync(client, CancellationToken.None).Bounded();

        Assert.Equal(("OKX_UAT", "desk", "ACTIVE"), NamesOf(source.Of("a")));
        Assert.Equal(("OKX", null, null), NamesOf(source.Of("b")));
        Assert.Equal(("OKX", null, null), NamesOf(source.Of("S")));

        // What a row of a file says may be old, or of another row.
        Assert.Equal(("OKX_UAT", "desk", "ACTIVE"), NamesOf(source.Of("a", "mine", "own", "FAILED")));
        Assert.Equal(("mine", "own", "FAILED"), NamesOf(source.Of("nobody", "mine", "own", "FAILED")));
        Assert.Equal("OKX_UAT", source.Of("a", "", "", "").Venue);
        Assert.Equal((null, null, null), NamesOf(source.Of("nobody")));
        Assert.Null(source.UnknownBecause);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "CredentialNotFound")]
    [InlineData(429, "RateLimited")]
    [InlineData(500, "ServerError")]
    public async Task A_list_that_fails_makes_everything_unknown_for_a_reason_and_is_not_asked_for_again(int status, string kind)
    {
        await using var server = ScriptedServer.Answering(Answers.Json("""{"success":false,"errno":-1,"error":"not today","data":null}""", status));
        using CadenzaClient client = TestClients.Create(server);

        ImpactSource source = await ImpactSource.LoadAsync(client, CancellationToken.None).Bounded();
        CredentialImpact impact = source.Of("x");
        _ = source.Of("y");

        Assert.Equal(("Unknown", null), (impact.Effect, impact.TradingAccountCount));
        Assert.StartsWith("trading accounts unknown: ", impact.Summary, StringComparison.Ordinal);
        Assert.Contains("not today", impact.Summary, StringComparison.Ordinal);
        Assert.DoesNotMatch("[.]$", impact.Summary);
        Assert.Equal(kind, $"{source.Failure!.Kind}");
        Assert.Null(source.Accounts);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_list_with_a_gap_makes_no_promise_but_tells_what_it_knows()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List(
            """{"tradingAccountId":"1","nickname":"Main","status":"NEW","credentials":["a"]}""", "17", "18")));
        using CadenzaClient client = TestClients.Create(server);

        ImpactSource source = await ImpactSource.LoadAsync(client, CancellationToken.None).Bounded();

        Assert.Equal(("Unknown", "Unknown"), (source.Of("a").Effect, source.Of("b").Effect));
        Assert.Null(source.Of("a").TradingAccountCount);
        Assert.EndsWith("; at least 1 trading account (Main)", source.Of("a").Summary, StringComparison.Ordinal);
        Assert.Contains("(the first of 2 problems in the list)", source.Of("b").Summary, StringComparison.Ordinal);
        Assert.Equal("Revoked", source.Of("a", status: "REVOKED").Effect);
        Assert.Equal(2, source.Gaps.Count);
        Assert.Null(source.Failure);
    }

    [Fact]
    public void A_long_reason_is_cut()
    {
        string summary = ImpactSource.Unknown(new string('x', 5000) + ".").Of("a").Summary;

        Assert.InRange(summary.Length, 100, 300);
        Assert.EndsWith("x\u2026", summary, StringComparison.Ordinal);
        Assert.Equal("trading accounts unknown: nobody asked", ImpactSource.Unknown("nobody asked.").Of("a").Summary);
    }

    [Fact]
    public async Task Cancelling_ends_the_list()
    {
        await using var server = ScriptedServer.Answering(Answers.Never);
        using CadenzaClient client = TestClients.Create(server);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImpactSource.LoadAsync(client, stop.Token)).Bounded();
    }

    [Theory]
    [InlineData(SandboxDialect.Guide)]
    [InlineData(SandboxDialect.EndpointPage)]
    [InlineData(SandboxDialect.OpenApi)]
    public async Task In_the_sandbox_what_no_account_uses_is_never_refused_and_what_is_refused_was_said_to_be_perhaps(SandboxDialect dialect)
    {
        using var sandbox = new SandboxHandler(new SandboxOptions { Dialect = dialect, CredentialCount = 200 });
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(new Uri("http://localhost/")) { Handler = sandbox }, SecretText.Wrap(sandbox.IssueAccessToken()));
        ImpactSource source = await ImpactSource.LoadAsync(client, CancellationToken.None).Bounded();
        var effects = new HashSet<string>(StringComparer.Ordinal);

        await foreach (CredentialRow row in client.ListCredentialsAsync(CredentialFilter.All))
        {
            CredentialImpact impact = source.Of(row.Credential!);
            CredentialImpact bare = source.Of(row.Credential!.CredentialId);
            effects.Add(impact.Effect);
            ApiException? refusal = await RevokeAsync(client, row.Credential.CredentialId);

            Assert.Equal(impact.Effect == "Revoked", refusal?.Kind == CadenzaErrorKind.AlreadyRevoked);
            Assert.True(refusal?.Kind != CadenzaErrorKind.CredentialInUse || impact.Effect == "MayBeRefused", impact.ToString());
            if (impact.TradingAccountCount > 0)
            {
                Assert.Equal((row.Credential.Venue, row.Credential.Nickname, row.Credential.Status), NamesOf(bare));
            }
        }

        Assert.Equal(["Disconnects", "MayBeRefused", "None", "Revoked"], effects.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fleet_is_both_lists_with_its_errors_said_and_noted()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(request.Path.EndsWith("credential/list", StringComparison.Ordinal)
            ? Wire.List(Wire.Credential("a"), "null", Wire.Credential("b"))
            : Wire.List("""{"tradingAccountId":"1","credentials":["a"]}""")));
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Equal(["a", "b"], inventory!.Credentials.Select(static credential => credential.CredentialId));
        Assert.Single(inventory.Accounts!);
        Assert.Equal("CadenzaBadRow", Assert.Single(host.Errors).Id);
        Assert.Equal(host.Errors[0].Message, Assert.Single(inventory.Notes));
        Assert.Empty(host.ForeignThreads);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"success":false,"errno":-22000,"error":"broken","data":null}""", 500)]
    [InlineData("""{"data":[5],"success":true,"errno":0}""", 200)]
    public async Task A_fleet_whose_accounts_are_not_all_known_has_none(string body, int status)
    {
        await using var server = ScriptedServer.Running(request => request.Path.EndsWith("credential/list", StringComparison.Ordinal)
            ? Answers.Json(Wire.List(Wire.Credential("a")))
            : Answers.Json(body, status));
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Null(inventory!.Accounts);
        Assert.Single(inventory.Credentials);
        Assert.Equal(Assert.Single(host.Warnings), Assert.Single(inventory.Notes));
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_fleet_whose_credentials_fail_is_one_error_and_waits_for_no_accounts()
    {
        await using var server = ScriptedServer.Running(static request =>
            request.Path.EndsWith("credential/list", StringComparison.Ordinal) ? Answers.Html() : Answers.Never);
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = await Task.Run(() => InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None)).Bounded();

        Assert.Null(inventory);
        Assert.Equal(["WriteError"], host.Said);
    }

    [Fact]
    public async Task A_fleet_of_accounts_only_asks_for_nothing_else()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List()));
        using CadenzaClient client = TestClients.Create(server);

        Inventory? inventory = InventoryReader.Read(client, new RecordingRuntime(), filter: null, CancellationToken.None);

        Assert.Empty(inventory!.Credentials);
        Assert.EndsWith("tradingAccount/list", Assert.Single(server.Requests).Path, StringComparison.Ordinal);
    }

    private static ImpactSource Source(params TradingAccount[] accounts) => ImpactSource.From(new TradingAccountList(accounts, []));

    private static TradingAccount Account(string nickname, string? status, string credentialId) =>
        new() { Nickname = nickname, Status = status, AccountType = "SPOT", CredentialIds = [credentialId, credentialId] };

    private static (string? Venue, string? Nickname, string? Status) NamesOf(CredentialImpact impact) => (impact.Venue, impact.Nickname, impact.Status);

    private static async Task<ApiException?> RevokeAsync(CadenzaClient client, string id)
    {
        try
        {
            await client.RevokeCredentialAsync(id);
            return null;
        }
        catch (ApiException e)
        {
            return e;
        }
    }
}
