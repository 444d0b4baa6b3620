using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
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
/// <param name="context">The connection.</param>
/// <param name="tokens">The access tokens; null for requests without one.</param>
/// <param name="observer">Observes the attempts, or null.</param>
/// <param name="interval">The minimum time between two requests; default for no limit.</param>
internal sealed class RequestSender(
    SenderContext context, TokenSource? tokens, IRequestObserver? observer, TimeSpan interval = default)
{
    private readonly CadenzaClientOptions _options = context.Options;
    private readonly ICallerThread? _caller = observer as ICallerThread;
    private readonly AttemptReporter _reporter = new(context, observer);
    private readonly TimeProvider _timeProvider = context.Options.TimeProvider;
    private readonly TurnWaiter _turns = new(context, interval, observer);
    private readonly RetryPreparation _retries = new(context, tokens, observer as ICallerThread);

    /// <summary>The options of the client.</summary>
    public CadenzaClientOptions Options => _options;

    /// <summary>Whether the next request probably has to wait for its turn.</summary>
    public bool IsSlow => _turns.IsSlow;

    /// <summary>The state that all requests of the connection share.</summary>
    public SenderContext Connection => context;

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
    public Task<ApiResult<T>> ExecuteAsync<T>(
        ApiRequest request, Func<ApiResponse, Task<T>> read, CancellationToken cancellationToken) =>
        ExecuteAsync(new CallProgress(_timeProvider.GetTimestamp()), request, read, cancellationToken);

    /// <summary>
    /// Starts a call: if requests are paced, waits for its turn. A change then knows when it is sent.
    /// </summary>
    /// <exception cref="ApiException">The server accepts no requests for longer than the call can wait.</exception>
    /// <exception cref="RequestCanceledException">The caller canceled.</exception>
    public ValueTask<CallProgress> StartAsync(CancellationToken cancellationToken)
    {
        var call = new CallProgress(_timeProvider.GetTimestamp());
        return _turns.IsPaced
            ? new ValueTask<CallProgress>(StartAsync(call, cancellationToken))
            : new ValueTask<CallProgress>(call);
    }

    /// <summary>Sends the request of a call that was started.</summary>
    /// <exception cref="ApiException">The call failed.</exception>
    /// <exception cref="RequestCanceledException">The caller canceled.</exception>
    public async Task<ApiResult<T>> ExecuteAsync<T>(
        CallProgress call,
        ApiRequest request,
        Func<ApiResponse, Task<T>> read,
        CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (!call.HasTurn)
                {
                    await _turns.WaitAsync(call, cancellationToken).ConfigureAwait(false);
                }

                call.HasTurn = false;
                SecureString? token;
                ApiException failure;
                try
                {
                    token = request.NeedsToken && tokens is not null
                        ? await GetTokenAsync(call, cancellationToken).ConfigureAwait(false)
                        : null;
                    call.Attempts++;
                    try
                    {
                        T value = await AttemptAsync(call, request, token, read, cancellationToken)
                            .ConfigureAwait(false);
                        return new ApiResult<T>(value, call.Attempts, call.RequestId);
                    }
                    catch (ApiException e)
                    {
                        failure = e;
                    }
                }
                finally
                {
                    context.Pace.End();
                }

                await _retries.PrepareAsync(call, request, failure, token, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            call.LogCancellation();
            throw new RequestCanceledException(call.Attempts, call.RequestId, cancellationToken);
        }
    }

    private async Task<CallProgress> StartAsync(CallProgress call, CancellationToken cancellationToken)
    {
        try
        {
            await _turns.WaitAsync(call, cancellationToken).ConfigureAwait(false);
            call.HasTurn = true;
            return call;
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(attempts: 0, requestId: null, cancellationToken);
        }
    }

    /// <summary>A failed renewal has had its own retries, so this request is not retried.</summary>
    private async Task<SecureString> GetTokenAsync(CallProgress call, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens!.GetAsync(_caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw call.Conclude(e.AsNotSent());
        }
    }

    private async Task<T> AttemptAsync<T>(
        CallProgress call,
        ApiRequest request,
        SecureString? token,
        Func<ApiResponse, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new AttemptDeadline(_options, call.Began, cancellationToken);
        IReadOnlyList<SecureString> secrets = SecretsOf(request, token);
        var redactor = new SecretRedactor(secrets);
        HttpRequestMessage message = context.CreateMessage(request, token);
        var body = message.Content as SecretContent;
        try
        {
            using ApiResponse response = await TransmitAsync(request, message, redactor, call, deadline)
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
            throw deadline.CreateException(wasSent: body is not { IsStarted: false });
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            var failure = TransportFailure.From(e, body, context.Proxy);
            throw new ApiException(
                failure.Kind,
                failure.Outcome,
                redactor.RedactMessage(failure.Text) + ".",
                redactor.RedactException(e));
        }
        catch (Exception e) when (e is not ApiException)
        {
            throw UnexpectedFailure.From(e, secrets);
        }
    }

    private async Task<ApiResponse> TransmitAsync(
        ApiRequest request,
        HttpRequestMessage message,
        SecretRedactor redactor,
        CallProgress call,
        AttemptDeadline deadline)
    {
        int attempt = call.Attempts;
        bool hasToken = request.NeedsToken && tokens is not null;
        string? detail = _reporter.WantsDetail
            ? WireDetail.OfRequest(request, message, hasToken, redactor)
            : null;
        long began = _timeProvider.GetTimestamp();
        try
        {
            HttpResponseMessage received = await context.Http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            context.ServerClock.Observe(received.Headers.Date);
            if (request.NeedsToken)
            {
                // A server usually has a separate limit for sign-ins.
                _turns.Observe(RateLimitHeaders.Read(
                    received.Headers, context.ServerClock.IsKnown ? context.ServerClock.UtcNow : null));
            }

            context.ConnectFailures.Reset();
            var response = new ApiResponse(
                received, message, request, redactor, deadline, context.ServerClock.UtcNow) { Attempt = attempt };
            TimeSpan elapsed = _timeProvider.GetElapsedTime(began);
            call.Logged = _reporter.Report(request, redactor, attempt, elapsed, response, failure: null, detail);
            return response;
        }
        catch (Exception e)
        {
            message.Dispose();
            string failure = deadline.IsOver
                ? Messages.CanceledOrTimedOut
                : TransportFailure.From(e, message.Content as SecretContent, context.Proxy).Text;
            TimeSpan elapsed = _timeProvider.GetElapsedTime(began);
            call.Logged = _reporter.Report(request, redactor, attempt, elapsed, response: null, failure, detail);
            throw;
        }
    }

    private static IReadOnlyList<SecureString> SecretsOf(ApiRequest request, SecureString? token) =>
        token is null ? request.Secrets : [.. request.Secrets, token];
}
