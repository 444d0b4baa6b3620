using System.Net.Sockets;
using Cadenza.Commands.Tests.Journal;
using Cadenza.Commands.Verification;

#pragma warning disable CA2201 // These tests throw what the runtime throws.

namespace Cadenza.Commands.Tests;

/// <summary>Whatever is thrown for one item, every item has its outcome, in the output and in the journal.</summary>
public sealed class UnexpectedFailureTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public static TheoryData<string> Exceptions =>
        new(Failures.Select(static failure => failure.GetType().Name));

    private static Exception[] Failures =>
    [
        new NullReferenceException("It is null."),
        new InvalidOperationException("Not now."),
        new FileNotFoundException("Could not load file or assembly 'System.Net.Requests'."),
        new OutOfMemoryException("No memory."),
        new TypeInitializationException("System.Net.Http.X", new DllNotFoundException("libssl")),
        new JournalException(CadenzaErrorKind.JournalBusy, "From an unexpected place."),
        new OperationCanceledException("Nobody has cancelled."),
        new AggregateException(new ArithmeticException()),
    ];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void An_exception_of_one_change_is_its_outcome_and_the_others_continue(string type)
    {
        var runtime = new RecordingRuntime();
        Exception failure = Failures.Single(e => e.GetType().Name == type);
        using CadenzaConnection connection = Connect(request => request == "b" ? throw failure : Revoked(request));
        using (var runner = new ChangeRunner(
            connection, runtime, ChangeKind.Revoke,
            new() { Journal = _folder.Open(connection) }))
        {
            foreach (string id in (string[])["a", "b", "c"])
            {
                runner.Process(new RevokeRequest(new CredentialReference(id)));
            }

            runner.Complete();
            Assert.Empty(runner.TakeUnreportedOutcomes());
        }

        Assert.Equal(["a", "c"], runtime.Written.Cast<CadenzaCredential>().Select(static c => c.CredentialId).Order());
        CadenzaErrorReport error = Assert.Single(runtime.Errors);
        Assert.Equal(("b", RequestOutcome.Unknown), (error.Target, error.Exception.Outcome));
        Assert.Equal(
            ["Applied revoke a", "Applied revoke c", "Unknown revoke b"],
            _folder.Story.Where(static line => !line.StartsWith("Intent", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(InvalidOperationException))]
    public void The_message_names_the_type_and_contains_no_secret(Type type)
    {
        var runtime = new RecordingRuntime();
        var failure = (Exception)Activator.CreateInstance(
            type, $"\e[31mCannot use '{Canary.Key}' and '{Canary.Secret}' with 'Bearer {Canary.Token}'.")!;
        using CadenzaConnection connection = Connect(_ => throw failure, Canary.Token);
        ApiKeySet keys = TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase);
        using (var runner = new ChangeRunner(
            connection, runtime, ChangeKind.Rotate,
            new() { Journal = _folder.Open(connection) }))
        {
            runner.Process(new RotateRequest(new CredentialReference("a"), keys));
            runner.Complete();
        }

        CadenzaErrorReport error = Assert.Single(runtime.Errors);
        Assert.Equal("CadenzaUnexpectedFailure", error.Id);
        Assert.Contains(type.FullName!, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', error.Message);
        Canary.AssertNotIn(error.Message);
        Canary.AssertNotIn(error.Exception.ToString());
        Canary.AssertNotIn(_folder.Text);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, "NotSent")]
    [InlineData(SocketError.ConnectionReset, "Unknown")]
    public void Without_a_free_socket_nothing_was_sent(SocketError error, string outcome)
    {
        var runtime = new RecordingRuntime();
        using CadenzaConnection connection = Connect(
            _ => throw new HttpRequestException("It failed.", new SocketException((int)error)));
        using (var runner = new ChangeRunner(
            connection, runtime, ChangeKind.Revoke,
            new() { Journal = _folder.Open(connection) }))
        {
            runner.Process(new RevokeRequest(new CredentialReference("a")));
            runner.Complete();
        }

        Assert.Equal(outcome, Assert.Single(runtime.Errors).Exception.Outcome.ToString());
        Assert.Equal(["Intent revoke a", outcome + " revoke a"], _folder.Story);
    }

    [Fact]
    public void An_exception_of_one_verification_is_one_error_and_the_others_continue()
    {
        var runtime = new RecordingRuntime();
        using CadenzaConnection connection = Connect(
            request => request == "b" ? throw new NullReferenceException() : Verified(request));
        using (var runner = new VerifyRunner(connection, runtime, throttleLimit: 1))
        {
            foreach (string id in (string[])["a", "b", "c"])
            {
                runner.Process(new CredentialReference(id));
            }

            runner.Complete();
        }

        Assert.Equal(["a", "c"], runtime.Written.Cast<VerificationResult>().Select(static r => r.CredentialId));
        Assert.Contains(
            "System.NullReferenceException", Assert.Single(runtime.Errors).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Revoked(string id) => Wire.Item(Wire.Credential(id, "REVOKED"));

    private static string Verified(string id) => Wire.Item($$"""{"credentialId":"{{id}}","valid":true}""");

    private static CadenzaConnection Connect(Func<string, string> answer, string token = "token") =>
        CadenzaConnection.OpenUnchecked(new ConnectionPlan
        {
            BaseUri = new Uri("https://api.invalid/"),
            Environment = "Custom",
            AccessToken = SecretText.Wrap(token),
            Handler = new Handler(answer),
            Timing = new RequestTiming(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), MaxRetries: 0),
        });

    /// <summary>Answers with the text for the id in the body, or throws.</summary>
    private sealed class Handler(Func<string, string> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null
                ? ""
                : await request.Content.ReadAsStringAsync(cancellationToken);
            await Task.Yield();
            string[] ids = [.. ((string[])["a", "b", "c"]).Where(
                id => body.Contains($"\"{id}\"", StringComparison.Ordinal))];
            (HttpStatusCode status, string text) = request.Method == HttpMethod.Get
                ? (HttpStatusCode.BadGateway, "<html>")
                : ids.Length > 1 ? (HttpStatusCode.BadRequest, Wire.Failure(-19004))
                : (HttpStatusCode.OK, answer(ids[0]));
            return new HttpResponseMessage(status)
            {
                Content = new StringContent(text, Encoding.UTF8, "application/json"),
            };
        }
    }
}
