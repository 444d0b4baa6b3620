using Cadenza.Client;
using Cadenza.Commands.Impact;

namespace Cadenza.Commands.Tests;

/// <summary>Reads the credentials and the trading accounts together.</summary>
public sealed class InventoryTests
{
    [Fact]
    public async Task An_inventory_has_both_lists_and_notes_for_their_errors()
    {
        await using var server = ScriptedServer.Running(static request => Answers.Json(IsCredentialList(request)
            ? Wire.List(Wire.Credential("a"), "null", Wire.Credential("b"))
            : Wire.List("""{"tradingAccountId":"1","credentials":["a"]}""")));
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Equal(["a", "b"], inventory!.Credentials.Select(static credential => credential.CredentialId));
        Assert.Single(inventory.Accounts!);
        Assert.Equal("CadenzaBadRow", Assert.Single(host.Errors).Id);
        Assert.Equal(host.Errors[0].Message, Assert.Single(inventory.Notes));
        Assert.Empty(host.OtherThreads);
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
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None);

        Assert.Null(inventory!.Accounts);
        Assert.Single(inventory.Credentials);
        Assert.Equal(Assert.Single(host.Warnings), Assert.Single(inventory.Notes));
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task A_failed_credential_list_is_one_error_and_does_not_wait_for_the_accounts()
    {
        await using var server = ScriptedServer.Running(static request =>
            IsCredentialList(request) ? Answers.Html() : Answers.Never);
        using CadenzaClient client = TestClients.Create(server);
        var host = new RecordingRuntime();

        Inventory? inventory = await Task
            .Run(() => InventoryReader.Read(client, host, CredentialFilter.All, CancellationToken.None))
            .Bounded();

        Assert.Null(inventory);
        Assert.Equal(["WriteError"], host.Outputs);
    }

    [Fact]
    public async Task Without_a_filter_only_the_accounts_are_requested()
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.List()));
        using CadenzaClient client = TestClients.Create(server);

        Inventory? inventory = InventoryReader.Read(
            client, new RecordingRuntime(), filter: null, CancellationToken.None);

        Assert.Empty(inventory!.Credentials);
        Assert.EndsWith("tradingAccount/list", Assert.Single(server.Requests).Path, StringComparison.Ordinal);
    }

    private static bool IsCredentialList(ReceivedRequest request) =>
        request.Path.EndsWith("credential/list", StringComparison.Ordinal);
}
