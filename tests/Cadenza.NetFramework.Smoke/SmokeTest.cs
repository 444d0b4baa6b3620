using System.Reflection;
using System.Runtime.Versioning;
using System.Security;
using Cadenza.Client;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Commands.Changes;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Tests.Support;
using Cadenza.Sandbox;

namespace Cadenza.NetFramework.Smoke;

/// <summary>What <c>build/smoke.ps1</c> checks in Windows PowerShell, as far as it does not need PowerShell.</summary>
internal static class SmokeTest
{
    private const int SeededCount = 24;
    private const string Secret = "smoke-secret-5f1c";

    public static void Run(string folder, string server, ResolveEventHandler resolver, CheckReport report)
    {
        using var process = new ServerProcess(server);
        using (CadenzaConnection connection = Connect(process.Address, process.Token, handler: null))
        {
            TestListing(connection, report);
            string journals = Path.Combine(Path.GetTempPath(), "cadenza-smoke-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(journals);
            try
            {
                TestRevoke(connection, Path.Combine(journals, "revoke.jsonl"), report);
                TestRotation(connection, Path.Combine(journals, "rotation.jsonl"), report);
            }
            finally
            {
                Directory.Delete(journals, recursive: true);
            }
        }

        TestSandbox(report);
        TestAssemblies(folder, report);
        TestResolver(folder, resolver, report);
    }

    private static void TestListing(CadenzaConnection connection, CheckReport report)
    {
        List<CadenzaCredential> all = List(connection, CredentialFilter.All);
        report.Equal("the server lists its credentials", SeededCount, all.Count);
        report.Equal(
            "each credential is listed once", all.Count, all.Select(static c => c.CredentialId).Distinct().Count());
        report.Equal("each credential has a time", 0, all.Count(static c => c.UpdatedAt is null));
    }

    private static void TestRevoke(CadenzaConnection connection, string journal, CheckReport report)
    {
        List<CadenzaCredential> failed = List(connection, new CredentialFilter { Statuses = ["FAILED"] });
        RecordingRuntime runtime = Change(
            connection, journal, ChangeKind.Revoke, failed, static item => new RevokeRequest(item));
        List<CadenzaCredential> revoked = [.. runtime.Written.OfType<CadenzaCredential>()];

        report.Equal("each credential has one outcome", failed.Count, revoked.Count + runtime.Errors.Count);
        report.Equal(
            "each outcome is REVOKED", "REVOKED", string.Join(" ", revoked.Select(static c => c.Status).Distinct()));
        report.Equal(
            "the one that is in use is an error",
            "CadenzaCredentialInUse",
            string.Join(" ", runtime.Errors.Select(static error => error.Id)));
        string[] ids = [.. revoked.Select(static c => c.CredentialId)];
        report.Equal(
            "the server has them as revoked",
            ids.Length,
            List(connection, new CredentialFilter { Statuses = ["REVOKED"] }).Count(c => ids.Contains(c.CredentialId)));
        report.Equal("the journal has each outcome", $"{ids.Length} 1", CountOutcomes(journal));
    }

    private static void TestRotation(CadenzaConnection connection, string journal, CheckReport report)
    {
        CadenzaCredential target = List(connection, CredentialFilter.All)
            .Single(static c => c.Nickname == "Delta-one desk 7");
        var keys = new ApiKeySet(Secure("smoke-key"), Secure(Secret));

        RecordingRuntime first = Change(
            connection, journal, ChangeKind.Rotate, [target], item => new RotateRequest(item, keys));
        report.Equal(
            "a rotation has no error", "", string.Join(" ", first.Errors.Select(static error => error.Message)));
        CadenzaCredential rotated = first.Written.OfType<CadenzaCredential>().Single();
        report.Equal("a rotation returns the credential", target.CredentialId, rotated.CredentialId);
        report.Equal("a rotation moves the time", true, rotated.UpdatedAt > target.UpdatedAt);

        RecordingRuntime second = Change(
            connection, journal, ChangeKind.Rotate, [target], item => new RotateRequest(item, keys));
        report.Equal("the same journal does not rotate twice", 0, second.Written.Count + second.Errors.Count);
        report.Equal("the journal has one rotation", "1 0", CountOutcomes(journal));
        report.Equal("the journal has no secret", false, File.ReadAllText(journal).Contains(Secret));
    }

    /// <summary>The server that <c>Connect-Cadenza -Sandbox</c> uses.</summary>
    private static void TestSandbox(CheckReport report)
    {
        var sandbox = new SandboxHandler(new SandboxOptions());
        using CadenzaConnection connection = Connect(sandbox.BaseAddress, sandbox.IssueAccessToken(), sandbox);
        report.Equal(
            "the sandbox in memory lists its credentials", SeededCount, List(connection, CredentialFilter.All).Count);
    }

    private static void TestAssemblies(string folder, CheckReport report)
    {
        report.Equal(
            "the client is the netstandard2.0 build",
            ".NETStandard,Version=v2.0",
            typeof(CadenzaClient).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()?.FrameworkName);
        foreach (string name in new[] { "Cadenza.Client", "Cadenza.Commands", "Cadenza.Sandbox", "System.Text.Json" })
        {
            Assembly assembly = AppDomain.CurrentDomain.GetAssemblies().Single(loaded => loaded.GetName().Name == name);
            report.Equal($"{name} is the module's", folder, Path.GetDirectoryName(assembly.Location));
        }
    }

    /// <summary>Called directly, because Mono itself finds the assemblies beside one that it has loaded.</summary>
    private static void TestResolver(string folder, ResolveEventHandler resolver, CheckReport report)
    {
        const string Lower = "System.Memory, Version=4.0.1.0, Culture=neutral, PublicKeyToken=cc7b13ffcd2ddd51";
        Assembly? found = resolver(null, new ResolveEventArgs(Lower, typeof(CadenzaClient).Assembly));
        report.Equal(
            "the resolver finds a newer library for the client",
            Path.Combine(folder, "System.Memory.dll"),
            found?.Location);
        report.Equal(
            "the resolver finds nothing for other assemblies",
            null,
            resolver(null, new ResolveEventArgs(Lower, typeof(SmokeTest).Assembly)));
    }

    private static CadenzaConnection Connect(Uri address, string token, System.Net.Http.HttpMessageHandler? handler) =>
        CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = address,
            Environment = "Custom",
            AccessToken = Secure(token),
            Handler = handler,
        });

    private static SecureString Secure(string text)
    {
        var secret = new SecureString();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        return secret;
    }

    private static List<CadenzaCredential> List(CadenzaConnection connection, CredentialFilter filter)
    {
        var rows = new List<CredentialRow>();
        connection.GetClient().ListCredentialsAsync(filter, rows.Add).GetAwaiter().GetResult();
        return [.. rows.Select(static row => row.Credential).OfType<CadenzaCredential>()];
    }

    private static RecordingRuntime Change(
        CadenzaConnection connection,
        string path,
        ChangeKind kind,
        List<CadenzaCredential> credentials,
        Func<CredentialReference, ChangeRequest> create)
    {
        var runtime = new RecordingRuntime();
        using ChangeJournal journal = ChangeJournal.Open(path, connection);
        using var runner = new ChangeRunner(connection, runtime, kind, new() { Journal = journal });
        foreach (CadenzaCredential credential in credentials)
        {
            var item = new CredentialReference(credential.CredentialId, credential.Venue, credential.Nickname);
            runner.Process(item, create(item));
        }

        runner.Complete();
        return runtime;
    }

    /// <summary>The number of applied and of rejected changes.</summary>
    private static string CountOutcomes(string journal)
    {
        IReadOnlyList<JournalEntry> entries = ChangeJournal.Read(
            journal, static line => throw new InvalidDataException($"Line {line} of the journal is not valid."));
        return $"{entries.Count(static e => e.Event == JournalEvent.Applied)} "
            + entries.Count(static e => e.Event == JournalEvent.Rejected);
    }
}
