using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>An answer whose headers are here and whose body may still be arriving. Disposing it ends the exchange.</summary>
internal sealed class ApiResponse : IDisposable
{
    private static readonly string[] RequestIdHeaders = ["X-Request-Id", "Request-Id", "X-Correlation-Id", "X-Amzn-Trace-Id", "CF-Ray"];

    private readonly AttemptDeadline _deadline;

    // Kept until the answer is read: a server may answer before it has read the whole body, whose bytes disposal zeroes.
    private readonly HttpRequestMessage _sent;
    private readonly CancellationTokenRegistration _abort;

    public ApiResponse(HttpResponseMessage message, HttpRequestMessage sent, ApiRequest request, SecureString? token, AttemptDeadline deadline, Clock clock)
    {
        Message = message;
        _sent = sent;
        Request = request;
        _deadline = deadline;
        Redactor = new SecretRedactor(token is null ? request.Secrets : [.. request.Secrets, token]);
        RequestId = FindRequestId(message);
        RetryAfter = Http.RetryAfter.Read(message.Headers, clock.UtcNow);

        // .NET Framework's streams do not heed a cancellation token while they wait; closing them does it everywhere.
        _abort = deadline.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), message);
    }

    public HttpResponseMessage Message { get; }

    public ApiRequest Request { get; }

    /// <summary>Which attempt of the request it answers, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Is shown a small body once it is here; null where nobody asked.</summary>
    public Action<SmallBody>? OnBody { get; set; }

    /// <summary>How texts are taken out of this answer.</summary>
    public SecretRedactor Redactor { get; }

    /// <summary>The content type, for messages; null where there is none.</summary>
    public string? ContentType => Redactor.RedactMessage(Message.Content?.Headers.ContentType?.ToString());

    /// <summary>Cancelled when the attempt's time is over or the caller has had enough.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public int Status => (int)Message.StatusCode;

    public bool IsSuccessStatus => Status is >= 200 and <= 299;

    public string? RequestId { get; }

    /// <summary>How long the server asks to wait before the next request.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What the body claims to be, for messages: never the body.</summary>
    public string Describe(long length) =>
        (length, ContentType) switch
        {
            (0, _) => "it is empty",
            (_, string type) when type.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0 => "it is an HTML page",
            (_, string type) => $"it is {length} bytes of {type} that cannot be read",
            _ => $"it is {length} bytes that cannot be read",
        };

    /// <summary>Gives the attempt its full time again: a long body that keeps arriving is no timeout, one that trickles is.</summary>
    public void ExtendDeadline(long received) => _deadline.Extend(received);

    /// <summary>Stops the attempt's time until it is extended.</summary>
    public void SuspendDeadline() => _deadline.Suspend();

    public async Task<Stream> OpenBodyAsync() =>
#if NET
        await Message.Content.ReadAsStreamAsync(Deadline).ConfigureAwait(false);
#else
        await Message.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif

    /// <summary>Reads a small body to its end.</summary>
    /// <exception cref="InvalidDataException">It is larger than any answer of this kind has reason to be.</exception>
    public async Task<SmallBody> ReadBodyAsync()
    {
        SmallBody body = await SmallBody.ReadAsync(await OpenBodyAsync().ConfigureAwait(false), Deadline).ConfigureAwait(false);
        OnBody?.Invoke(body);
        return body;
    }

    public void Dispose()
    {
        _abort.Dispose();
        Message.Dispose();
        _sent.Dispose();
    }

    private string? FindRequestId(HttpResponseMessage message)
    {
        foreach (string header in RequestIdHeaders)
        {
            if (message.Headers.TryGetValues(header, out IEnumerable<string>? values))
            {
                return Redactor.RedactRequestId(values.FirstOrDefault());
            }
        }

        return null;
    }
}
