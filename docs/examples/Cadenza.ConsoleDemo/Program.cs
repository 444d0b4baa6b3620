using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Listing;
using Cadenza.ConsoleDemo;
using Cadenza.Sandbox;
using Cadenza.SandboxServer;

// The session of quickstart.ps1 for a machine without PowerShell. It uses the same command runners and HTTP client as
// the cmdlets,
// against a sandbox server on this machine.
Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

await using SandboxHost server = await SandboxHost.StartAsync(new SandboxOptions());
var host = new ConsoleRuntime();
try
{
    return await Task.Run(RunDemo);
}
catch (OperationCanceledException)
{
    Console.WriteLine("Stopped.");
    return 130;
}

int RunDemo()
{
    host.Begin(
        $"Connect to the sandbox server at {server.BaseAddress}.",
        "Connect-Cadenza -BaseUri ... -AccessToken ...");
    using CadenzaConnection? connection = Connect();
    if (connection is null)
    {
        return 1;
    }

    CadenzaClient client = connection.GetClient();
    host.Begin("List all credentials.", "Get-CadenzaCredential");
    List(client, CredentialFilter.All);

    host.Begin(
        "List the failed credentials of two venues.",
        "Get-CadenzaCredential -Status FAILED -Venue OKX, BINANCE");
    List(client, new CredentialFilter { Statuses = ["FAILED"], Where = static c => c.Venue is "OKX" or "BINANCE" });

    var failed = new CredentialFilter { Statuses = ["FAILED"] };
    host.Begin(
        "Show what would be revoked. This sends no change.",
        "Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -WhatIf");
    host.IsWhatIf = true;
    Revoke(connection, failed);
    host.IsWhatIf = false;

    host.Begin(
        "Revoke the failed credentials. One is in use and causes an error; the others are revoked.",
        "Get-CadenzaCredential | Where-Object Status -eq FAILED | Revoke-CadenzaCredential -Confirm:$false");
    Revoke(connection, failed);

    host.Begin(
        "Revoke a credential that is already revoked. This causes an error.",
        "Get-CadenzaCredential -Status REVOKED -First 1 | Revoke-CadenzaCredential -Force");
    Revoke(connection, new CredentialFilter { Statuses = ["REVOKED"], First = 1 });

    host.Begin(
        "Rotate the keys of two venues. A credential of another user causes an error.",
        "Import-Csv keys.csv | Update-CadenzaCredential");
    Rotate(connection, new CredentialFilter { Where = static c => c.Venue is "BYBIT" or "COINBASE" });

    Console.WriteLine($"\nDone: {server.Sandbox.RequestCount} requests were sent.");
    return 0;
}

CadenzaConnection? Connect()
{
    var plan = new ConnectionPlan
    {
        BaseUri = server.BaseAddress,
        Environment = "Custom",
        AccessToken = SecretText.Wrap(server.Sandbox.IssueAccessToken()),
    };
    return ConnectionRunner.Open(plan, skipCheck: false, host, stop.Token);
}

void List(CadenzaClient client, CredentialFilter filter) => ListRunner.Run(client, host, filter, stop.Token);

void Revoke(CadenzaConnection connection, CredentialFilter filter) =>
    Change(connection, filter, ChangeKind.Revoke, static item => new RevokeRequest(item));

void Rotate(CadenzaConnection connection, CredentialFilter filter)
{
    var keys = new ApiKeySet(SecretText.Wrap("made-up-key"), SecretText.Wrap("made-up-secret"));
    Change(connection, filter, ChangeKind.Rotate, item => new RotateRequest(item, keys));
}

void Change(
    CadenzaConnection connection,
    CredentialFilter filter,
    ChangeKind kind,
    Func<CredentialReference, ChangeRequest> create)
{
    // One at a time, so that the outcomes come in the order of the list.
    using var runner = new ChangeRunner(connection, host, kind, new() { ThrottleLimit = 1 }, stop.Token);
    foreach (CadenzaCredential credential in Find(connection.GetClient(), filter))
    {
        var item = new CredentialReference(credential.CredentialId, credential.Venue, credential.Nickname);
        runner.Process(item, create(item));
    }
}

List<CadenzaCredential> Find(CadenzaClient client, CredentialFilter filter)
{
    var rows = new List<CredentialRow>();
    client.ListCredentialsAsync(filter, rows.Add, stop.Token).GetAwaiter().GetResult();
    return [.. rows.Select(static row => row.Credential).OfType<CadenzaCredential>()];
}
