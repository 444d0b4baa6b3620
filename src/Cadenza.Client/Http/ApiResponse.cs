using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>
/// A response whose headers have arrived and whose body may still be arriving. Disposing it ends the attempt.
/// </summary>
internal sealed class ApiResponse : IDisposable
{
    private static readonly string[] RequestIdHeaders =
        ["X-Request-Id", "Request-Id", "X-Correlation-Id", "X-Amzn-Trace-Id", "CF-Ray"];

    private readonly AttemptDeadline _deadline;

    // Disposal zeroes the request's body, which servers may still read after they responded. So it is disposed last.
    private readonly HttpRequestMessage _sent;
    private readonly CancellationTokenRegistration _abort;

    public ApiResponse(
        HttpResponseMessage message,
        HttpRequestMessage sent,
        ApiRequest request,
        SecretRedactor redactor,
        AttemptDeadline deadline,
        DateTimeOffset serverTime)
    {
        Message = message;
        _sent = sent;
        Request = request;
        _deadline = deadline;
        Redactor = redactor;
        RequestId = FindRequestId(message);
        RetryAfter = Http.RetryAfter.Read(message.Headers, serverTime);

        // On .NET Framework, reads ignore the cancellation token while they wait. Disposing the message ends them.
        _abort = deadline.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), message);
    }

    public HttpResponseMessage Message { get; }

    public ApiRequest Request { get; }

    /// <summary>The number of the attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Called with a small body after it was read, or null.</summary>
    public Action<BufferedBody>? OnBody { get; set; }

    /// <summary>Redacts the text of this response.</summary>
    public SecretRedactor Redactor { get; }

    /// <summary>The message beside a success, redacted, or null. Known after the body was read.</summary>
    public string? SuccessMessage { get; set; }

    /// <summary>The content type, redacted, or null.</summary>
    public string? ContentType => Redactor.RedactMessage(Message.Content?.Headers.ContentType?.ToString());

    /// <summary>Canceled when the attempt times out or the caller cancels.</summary>
    public CancellationToken Deadline => _deadline.Token;

    public int Status => (int)Message.StatusCode;

    public bool IsSuccessStatus => Status is >= 200 and <= 299;

    public string? RequestId { get; }

    /// <summary>The delay that the server asks for before the next request, or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Describes the body by its size and content type, without its content.</summary>
    public string Describe(long length) =>
        (length, ContentType) switch
        {
            (0, _) => "it is empty",
            (_, string type) when type.IndexOf("html", StringComparison.OrdinalIgnoreCase) >= 0 => "it is an HTML page",
            (_, string type) => $"it is {length} bytes of {type} that cannot be read",
            _ => $"it is {length} bytes that cannot be read",
        };

    /// <summary>Restarts the attempt timeout, so that a long body that keeps arriving does not time out.</summary>
    public void ExtendDeadline(long received) => _deadline.Extend(received);

    /// <summary>Stops the attempt timeout until it is extended.</summary>
    public void SuspendDeadline() => _deadline.Suspend();

    public async Task<Stream> OpenBodyAsync() =>
#if NET
        await Message.Content.ReadAsStreamAsync(Deadline).ConfigureAwait(false);
#else
        await Message.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif

    /// <summary>Reads a small body completely.</summary>
    /// <exception cref="InvalidDataException">The body is larger than 1 MiB.</exception>
    public async Task<BufferedBody> ReadBodyAsync()
    {
        BufferedBody body = await BufferedBody.ReadAsync(await OpenBodyAsync().ConfigureAwait(false), Deadline)
            .ConfigureAwait(false);
        OnBody?.Invoke(body);
        return body;
    }

    public void Dispose()
    {
        _abort.Dispose();
        Message.Dispose();
        _sent.Dispose();
        Redactor.Dispose();
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
