using System.Net.Sockets;
using Cadenza.Commands.Tests.Journal;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

#pragma warning disable CA2201 // These tests throw what the runtime throws.

namespace Cadenza.Commands.Tests;

/// <summary>Whatever is thrown for one item, every item has its outcome, in the output and in the journal.</summary>
public sealed class UnexpectedFailureTests : JournalTest
{
    private readonly RecordingRuntime _runtime = new();

    public static TheoryData<string> Exceptions => new(Failures.Select(static failure => failure.GetType().Name));

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
        Exception failure = Failures.Single(e => e.GetType().Name == type);
        using CadenzaConnection connection = Connect(id => id == "b" ? throw failure : Wire.Credential(id, "REVOKED"));

        Run(connection, Revokes("a", "b", "c"));

        Assert.Equal(["a", "c"], WrittenIds(_runtime).Order());
        CadenzaErrorReport error = Assert.Single(_runtime.Errors);
        Assert.Equal(("b", RequestOutcome.Unknown), (error.Target, error.Exception.Outcome));
        Assert.Equal(
            ["Applied revoke a", "Applied revoke c", "Unknown revoke b"],
            Folder.Story.Where(static line => !line.StartsWith("Intent", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData(typeof(NullReferenceException))]
    [InlineData(typeof(InvalidOperationException))]
    public void The_message_names_the_type_and_contains_no_secret(Type type)
    {
        var failure = (Exception)Activator.CreateInstance(
            type, $"\e[31mCannot use '{Canary.Key}' and '{Canary.Secret}' with 'Bearer {Canary.Token}'.")!;
        using CadenzaConnection connection = Connect(_ => throw failure, Canary.Token);
        ApiKeySet keys = TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase);

        Run(connection, Rotation("a", keys));

        CadenzaErrorReport error = Assert.Single(_runtime.Errors);
        Assert.Equal("CadenzaUnexpectedFailure", error.Id);
        TextAssert.Contains(type.FullName!, error.Message);
        Assert.DoesNotContain('\e', error.Message);
        Canary.AssertNotIn(error.Message, error.Exception.ToString(), Folder.Text);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, "NotSent")]
    [InlineData(SocketError.ConnectionReset, "Unknown")]
    public void Without_a_free_socket_nothing_was_sent(SocketError error, string outcome)
    {
        using CadenzaConnection connection = Connect(
            _ => throw new HttpRequestException("It failed.", new SocketException((int)error)));

        Run(connection, Revokes("a"));

        Assert.Equal(outcome, Assert.Single(_runtime.Errors).Exception.Outcome.ToString());
        Assert.Equal(["Intent revoke a", outcome + " revoke a"], Folder.Story);
    }

    [Fact]
    public void An_exception_of_one_verification_is_one_error_and_the_others_continue()
    {
        using CadenzaConnection connection = Connect(id => id == "b"
            ? throw new NullReferenceException()
            : $$"""{"credentialId":"{{id}}","valid":true}""");

        Verify(connection, _runtime, limit: 1, new("a"), new("b"), new("c"));

        Assert.Equal(["a", "c"], _runtime.Written.Cast<VerificationResult>().Select(static r => r.CredentialId));
        Assert.Contains(
            "System.NullReferenceException", Assert.Single(_runtime.Errors).Message, StringComparison.Ordinal);
    }

    private static CadenzaConnection Connect(Func<string, string> answer, string token = "token") =>
        TestConnections.Connect(
            new Uri("https://api.invalid/"),
            token,
            new RequestTiming(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), MaxRetries: 0),
            handler: new Handler(answer));

    private void Run(CadenzaConnection connection, params IEnumerable<ChangeRequest> requests)
    {
        ChangeKind kind = requests.First().Kind;
        using var runner = new ChangeRunner(connection, _runtime, kind, new() { Journal = Folder.Open(connection) });
        Feed(runner, requests);
        Assert.Empty(runner.TakeUnreportedOutcomes());
    }

    /// <summary>Answers with the item for the id in the body, or throws.</summary>
    private sealed class Handler(Func<string, string> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            await Task.Yield();
            string[] ids = [.. ((string[])["a", "b", "c"]).Where(
                id => body.Contains($"\"{id}\"", StringComparison.Ordinal))];
            (HttpStatusCode status, string text) = request.Method == HttpMethod.Get
                ? (HttpStatusCode.BadGateway, "<html>")
                : ids.Length > 1 ? (HttpStatusCode.BadRequest, Wire.Failure(-19004))
                : (HttpStatusCode.OK, Wire.Item(answer(ids[0])));
            return WatchServer.Answer(status, text);
        }
    }
}
