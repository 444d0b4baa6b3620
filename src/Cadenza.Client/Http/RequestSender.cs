using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Http;

/// <summary>
/// Sends requests with timeouts and retries, adds the access token and renews it once if it is rejected. Failures
/// become an <see cref="ApiException"/> with what is known about the effect of the request.
/// </summary>
internal sealed class RequestSender(
    SenderContext context, TokenSource? tokens, IRequestObserver? observer)
{
    private readonly CadenzaClientOptions _options = context.Options;
    private readonly Clock _clock = context.Options.Clock;
    private readonly RetryLimits _limits = new(context.Options.MaxRetries, context.Options.RetryTimeout);

    /// <summary>
    /// Sends the request and reads its response with <paramref name="read"/>, within the attempt timeout.
    /// </summary>
    /// <exception cref="ApiException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The caller canceled.</exception>
    public async Task<T> SendAsync<T>(
        ApiRequest request, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken) =>
        (await ExecuteAsync(request, read, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Sends the request and also returns the number of attempts and the request id.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    /// <exception cref="RequestCanceledException">The caller canceled.</exception>
    public async Task<ApiResult<T>> ExecuteAsync<T>(
        ApiRequest request, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken)
    {
        var call = new CallProgress(_clock.Uptime);
        try
        {
            T value = await RetryAsync(call, request, read, cancellationToken).ConfigureAwait(false);
            return new ApiResult<T>(value, call.Attempts, call.RequestId);
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(call.Attempts, call.RequestId, cancellationToken);
        }
    }

    private async Task<T> RetryAsync<T>(
        CallProgress call, ApiRequest request, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken)
    {
        bool hasRenewed = false;
        while (true)
        {
            ApiException failure;
            await WaitForRateLimitAsync(call, cancellationToken).ConfigureAwait(false);
            SecureString? token = request.NeedsToken && tokens is not null
                ? await GetTokenAsync(call, cancellationToken).ConfigureAwait(false)
                : null;
            call.Attempts++;
            try
            {
                return await AttemptAsync(call, request, token, read, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e)
            {
                failure = e;
            }

            call.HasLostAttempt |= failure.Outcome == RequestOutcome.Unknown && request.RetryClass != RetryClass.Safe;
            if (failure.Kind == CadenzaErrorKind.Unauthorized && token is not null && !hasRenewed)
            {
                hasRenewed = true;
                if (await TryRenewAsync(call, token, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }
            }

            RetryDecision decision = RetryPolicy.Decide(
                failure, request.RetryClass, call.Attempts, _clock.Uptime - call.Began, _limits, _clock.NextRandom());
            if (!decision.IsRetry)
            {
                throw call.Conclude(failure);
            }

            await BackOffAsync(decision, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitForRateLimitAsync(CallProgress call, CancellationToken cancellationToken)
    {
        TimeSpan left = call.Began + _limits.Budget - _clock.Uptime;
        if (!await context.RateLimitGate.WaitAsync(left, cancellationToken).ConfigureAwait(false))
        {
            throw call.Conclude(new ApiException(
                CadenzaErrorKind.RateLimited,
                RequestOutcome.NotSent,
                "The server asked for a delay that exceeds the timeout of this call."));
        }
    }

    /// <summary>A failed renewal has had its own retries, so this request is not retried.</summary>
    private async Task<SecureString> GetTokenAsync(CallProgress call, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens!.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw call.Conclude(e.AsNotSent());
        }
    }

    private async Task<bool> TryRenewAsync(
        CallProgress call, SecureString rejected, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens!.TryRenewAsync(rejected, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw call.Conclude(e.AsNotSent());
        }
    }

    private Task BackOffAsync(RetryDecision decision, CancellationToken cancellationToken)
    {
        if (!decision.HoldsConnection)
        {
            return _clock.Delay(decision.Delay, cancellationToken);
        }

        // This request waits with the others in the gate before its next attempt.
        context.RateLimitGate.Hold(decision.Delay);
        return Task.CompletedTask;
    }

    private async Task<T> AttemptAsync<T>(
        CallProgress call,
        ApiRequest request,
        SecureString? token,
        Func<ApiResponse, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new AttemptDeadline(_options, call.Began + _limits.Budget, cancellationToken);
        try
        {
            using ApiResponse response = await TransmitAsync(request, token, call.Attempts, deadline)
                .ConfigureAwait(false);
            call.RequestId = response.RequestId ?? call.RequestId;
            return await read(response).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (e is not ApiException && deadline.IsOver)
        {
            throw deadline.CreateException();
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            (CadenzaErrorKind kind, RequestOutcome outcome, string text) = TransportFailure.Classify(e);
            throw new ApiException(kind, outcome, TextSanitizer.SanitizeMessage(text) + ".", e);
        }
        catch (Exception e) when (e is not ApiException)
        {
            throw UnexpectedFailure.From(e, token is null ? request.Secrets : [.. request.Secrets, token]);
        }
    }

    private async Task<ApiResponse> TransmitAsync(
        ApiRequest request, SecureString? token, int attempt, AttemptDeadline deadline)
    {
        HttpRequestMessage message = CreateMessage(request, token);
        string? detail = observer is { WantsDetail: true } ? WireDetail.OfRequest(request, message) : null;
        var stopwatch = Stopwatch.StartNew();
        try
        {
            HttpResponseMessage received = await context.Http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            context.ServerClock.Observe(received.Headers.Date);
            var response = new ApiResponse(received, message, request, token, deadline, _clock) { Attempt = attempt };
            Report(request, attempt, stopwatch.Elapsed, response, failure: null, detail);
            return response;
        }
        catch (Exception e)
        {
            message.Dispose();
            string failure = deadline.IsOver ? "canceled or timed out" : TransportFailure.Classify(e).Text;
            Report(request, attempt, stopwatch.Elapsed, response: null, failure, detail);
            throw;
        }
    }

    private HttpRequestMessage CreateMessage(ApiRequest request, SecureString? token)
    {
        var message = new HttpRequestMessage(request.Method, context.UriOf(request))
        {
            Content = request.CreateContent(),
#if NET
            // HTTP/2 if the TLS handshake negotiates it.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
#endif
        };
        if (token is not null)
        {
            // HttpClient accepts headers only as strings, which cannot be zeroed.
            using var chars = new SecretChars(token);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", new string(chars.Array));
        }

        return message;
    }

    private void Report(
        ApiRequest request, int attempt, TimeSpan elapsed, ApiResponse? response, string? failure, string? detail)
    {
        if (observer is not { WantsAttempts: true })
        {
            return;
        }

        if (detail is not null && response is not null)
        {
            detail += "\n" + WireDetail.OfResponse(response);
            response.OnBody = body => observer.OnDetail(WireDetail.OfBody(body, response.Redactor));
        }

        observer.OnAttempt(new RequestTrace
        {
            Method = request.Method.Method,
            Path = request.Path,
            Attempt = attempt,
            Status = response?.Status,
            Elapsed = elapsed,
            RequestId = response?.RequestId,
            Failure = TextSanitizer.SanitizeMessage(failure),
            Detail = detail,
        });
    }

    /// <summary>The progress of a call.</summary>
    private sealed class CallProgress(TimeSpan began)
    {
        public TimeSpan Began { get; } = began;

        public int Attempts { get; set; }

        public string? RequestId { get; set; }

        /// <summary>Whether an attempt that may have made a change was sent and its response was lost.</summary>
        public bool HasLostAttempt { get; set; }

        public ApiException Conclude(ApiException failure) => failure.Conclude(Attempts, HasLostAttempt);
    }
}
