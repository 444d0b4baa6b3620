using Cadenza.Client;
using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Tests;

/// <summary>Reads the credentials and the trading accounts together.</summary>
public sealed class InventoryTests
{
    private readonly RecordingRuntime _host = new();

    [Fact]
    public async Task An_inventory_has_both_lists_and_notes_for_their_errors()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(IsCredentialList(request)
            ? Wire.List(Wire.Credential("a"), "null", Wire.Credential("b"))
            : Wire.List("""{"tradingAccountId":"1","credentials":["a"]}""")));

        Inventory? inventory = Read(server);

        Assert.Equal(["a", "b"], inventory!.Credentials.Select(static credential => credential.CredentialId));
        Assert.Single(inventory.Accounts!);
        Assert.Equal("CadenzaBadRow", Assert.Single(_host.Errors).Id);
        Assert.Equal(_host.Errors[0].Message, Assert.Single(inventory.Notes));
        Assert.Empty(_host.OtherThreads);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"success":false,"errno":-22000,"error":"broken","data":null}""", 500)]
    [InlineData("""{"data":[5],"success":true,"errno":0}""", 200)]
    public async Task An_inventory_with_an_incomplete_account_list_has_no_accounts(string body, int status)
    {
        await using var server = ScriptedServer.Running(request => IsCredentialList(request)
            ? Answers.Json(Wire.List(Wire.Credential("a")))
            : Answers.Json(body, status));

        Inventory? inventory = Read(server);

        Assert.Null(inventory!.Accounts);
        Assert.Single(inventory.Credentials);
        Assert.Equal(Assert.Single(_host.Warnings), Assert.Single(inventory.Notes));
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_failed_credential_list_is_one_error_and_does_not_wait_for_the_accounts()
    {
        await using var server = ScriptedServer.Running(static request =>
            IsCredentialList(request) ? Answers.Html() : Answers.Never);

        Inventory? inventory = await Task.Run(() => Read(server)).Bounded();

        Assert.Null(inventory);
        Assert.Equal(["WriteError"], _host.Outputs);
    }

    [Fact]
    public async Task Without_a_filter_only_the_accounts_are_requested()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List()));

        Inventory? inventory = Read(server, isFiltered: false);

        Assert.Empty(inventory!.Credentials);
        TextAssert.EndsWith("tradingAccount/list", Assert.Single(server.Requests).Path);
    }

    private Inventory? Read(ScriptedServer server, bool isFiltered = true)
    {
        using CadenzaClient client = TestClients.Create(server);
        return InventoryReader.Read(client, _host, isFiltered ? CredentialFilter.All : null, CancellationToken.None);
    }

    private static bool IsCredentialList(ReceivedRequest request) =>
        request.Path.EndsWith("credential/list", StringComparison.Ordinal);
}
