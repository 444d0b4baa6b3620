using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Authentication;
using Cadenza.Client.Interpretation;
using Cadenza.Client.Requests;
using Cadenza.Client.Secrets;
using Cadenza.Client.Transport;

namespace Cadenza.Client.Sending;

/// <summary>
/// Sends a request until its fate is decided: gives each attempt its time, carries the token, renews it once when it is refused,
/// and turns whatever goes wrong into a <see cref="CadenzaApiException"/> that says what is known of the request's effect.
/// </summary>
internal sealed class RequestSender(HttpClient http, TokenSource? tokens, CadenzaClientOptions options, IRequestObserver? observer)
{
    /// <summary>Sends the request and reads its answer with <paramref name="read"/>, which runs within the attempt's time.</summary>
    /// <exception cref="CadenzaApiException">The call did not end in what was asked for.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(ApiRequest request, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken)
    {
        bool hasRenewed = false;
        for (int attempt = 1; ; attempt++)
        {
            SecureString? token = request.NeedsToken && tokens is not null
                ? await tokens.GetAsync(cancellationToken).ConfigureAwait(false)
                : null;
            try
            {
                return await AttemptAsync(request, token, attempt, read, cancellationToken).ConfigureAwait(false);
            }
            catch (CadenzaApiException e) when (e.Kind == CadenzaErrorKind.Unauthorized && token is not null && !hasRenewed)
            {
                hasRenewed = true;
                if (!await tokens!.TryRenewAsync(token, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    private async Task<T> AttemptAsync<T>(
        ApiRequest request, SecureString? token, int attempt, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new AttemptDeadline(options, cancellationToken);
        try
        {
            using ApiResponse response = await TransmitAsync(request, token, attempt, deadline).ConfigureAwait(false);
            return await read(response).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is not CadenzaApiException && deadline.IsOver)
        {
            throw deadline.CreateException();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            (CadenzaErrorKind kind, RequestOutcome outcome, string text) = TransportFailure.Classify(e);
            throw new CadenzaApiException(kind, outcome, Reading.ServerText.CleanMessage(text) + ".", e);
        }
    }

    private async Task<ApiResponse> TransmitAsync(ApiRequest request, SecureString? token, int attempt, AttemptDeadline deadline)
    {
        using HttpRequestMessage message = CreateMessage(request, token);
        string? detail = observer is { WantsDetail: true } ? DescribeRequest(request, message) : null;
        var stopwatch = Stopwatch.StartNew();
        try
        {
            HttpResponseMessage answer = await http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            var response = new ApiResponse(answer, request, token, deadline);
            Report(request, attempt, stopwatch.Elapsed, response, failure: null, detail);
            return response;
        }
        catch (Exception e)
        {
            string failure = deadline.IsOver ? "cancelled or timed out" : TransportFailure.Classify(e).Text;
            Report(request, attempt, stopwatch.Elapsed, response: null, failure, detail);
            throw;
        }
    }

    private HttpRequestMessage CreateMessage(ApiRequest request, SecureString? token)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(options.BaseAddress, request.Path.TrimStart('/')))
        {
            Content = request.CreateContent(),
        };
        if (token is not null)
        {
            // HttpClient takes headers as strings only: this one lives as long as the message.
            using var chars = new SecretChars(token);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new string(chars.Array));
        }

        return message;
    }

    private static string DescribeRequest(ApiRequest request, HttpRequestMessage message)
    {
        var text = new StringBuilder();
        text.Append("> ").Append(request.Method).Append(' ').Append(request.Path);
        if (message.Headers.Authorization is not null)
        {
            text.Append("\n> Authorization: Bearer ").Append(SecretMask.Masked);
        }

        if (message.Content is SecretContent content)
        {
            text.Append("\n> ").Append(MaskedJson.Format(content.Span));
        }

        return text.ToString();
    }

    private void Report(ApiRequest request, int attempt, TimeSpan elapsed, ApiResponse? response, string? failure, string? detail)
    {
        if (observer is null)
        {
            return;
        }

        if (detail is not null && response is not null)
        {
            string? type = Reading.ServerText.CleanMessage(response.Message.Content?.Headers.ContentType?.ToString());
            detail += FormattableString.Invariant($"\n< HTTP {response.Status}, {type ?? "no content type"}");
        }

        observer.OnAttempt(new RequestTrace
        {
            Method = request.Method.Method,
            Path = request.Path,
            Attempt = attempt,
            Status = response?.Status,
            Elapsed = elapsed,
            RequestId = response?.RequestId,
            Failure = Reading.ServerText.CleanMessage(failure),
            Detail = detail,
        });
    }
}
