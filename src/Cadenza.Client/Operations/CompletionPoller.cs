using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>
/// Reads a credential repeatedly after the server accepted a change, until the credential shows that the change was
/// made or the time is up.
/// </summary>
/// <param name="context">The dependencies, with the time to wait.</param>
/// <param name="change">The change.</param>
/// <param name="credentialId">The id of the credential.</param>
/// <param name="began">The timestamp of the start of the call.</param>
internal sealed class CompletionPoller(
    OperationContext context, ChangeRequest change, string credentialId, long began)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _timeProvider = context.Options.TimeProvider;
    private long _began = began;

    /// <summary>Whether the caller decides how long to wait, and not the timeout of the call.</summary>
    private bool HasOwnTimeout => context.CompletionTimeout is not null;

    private TimeSpan Left =>
        (context.CompletionTimeout ?? context.Options.RetryTimeout) - _timeProvider.GetElapsedTime(_began);

    /// <summary>Waits until the change is complete. If the caller does not wait, returns the accepted change.</summary>
    /// <param name="accepted">The failure or success that reported the acceptance, for attempts and request id.</param>
    /// <param name="shown">The credential in the response; null if there was none.</param>
    /// <param name="isDone">Whether the credential shows that the change was made.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    /// <exception cref="ApiException">
    /// The credential did not show the change in time. The outcome is unknown.
    /// </exception>
    /// <exception cref="RequestCanceledException">The caller canceled.</exception>
    public async Task<ApiResult<CadenzaCredential>> WaitAsync(
        ApiException accepted,
        CadenzaCredential? shown,
        Func<CadenzaCredential, bool> isDone,
        CancellationToken cancellationToken)
    {
        if (context.CompletionTimeout == TimeSpan.Zero)
        {
            return new ApiResult<CadenzaCredential>(
                shown ?? CreatePlaceholder(), accepted.Attempts, accepted.RequestId) { IsAccepted = true };
        }

        _began = HasOwnTimeout ? _timeProvider.GetTimestamp() : _began;
        try
        {
            return await PollAsync(accepted, shown, isDone, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new RequestCanceledException(accepted.Attempts, accepted.RequestId, cancellationToken)
            {
                IsAccepted = true,
            };
        }
        finally
        {
            context.Observer?.OnWaiting(this, text: null);
        }
    }

    private async Task<ApiResult<CadenzaCredential>> PollAsync(
        ApiException accepted,
        CadenzaCredential? shown,
        Func<CadenzaCredential, bool> isDone,
        CancellationToken cancellationToken)
    {
        var reader = new CredentialReadBack(context, credentialId);
        TimeSpan delay = TimeSpan.Zero;
        string reason = Messages.NotReadBack;
        ReportWaiting(shown?.Status);
        while (await TryDelayAsync(delay, cancellationToken).ConfigureAwait(false))
        {
            (CadenzaCredential? credential, string? fault) = await reader
                .ReadAsync(accepted, ReadTimeout(), cancellationToken).ConfigureAwait(false);
            if (credential is not null && isDone(credential))
            {
                return new ApiResult<CadenzaCredential>(credential, accepted.Attempts, accepted.RequestId);
            }

            reason = credential is null ? Messages.CannotReadBack(fault) : Messages.HadStatus(credential.Status);
            ReportWaiting(credential?.Status);
            delay = Next(delay);
        }

        throw accepted.As(
            CadenzaErrorKind.NotCompleted,
            RequestOutcome.Unknown,
            Messages.NotCompleted(reason));
    }

    private static TimeSpan Next(TimeSpan delay)
    {
        long ticks = delay == TimeSpan.Zero ? FirstDelay.Ticks : 2 * delay.Ticks;
        return TimeSpan.FromTicks(Math.Min(ticks, MaxDelay.Ticks));
    }

    /// <summary>The last read of a longer wait has the timeout of an attempt, even if it begins at the end.</summary>
    private TimeSpan ReadTimeout() => HasOwnTimeout && Left < context.Options.AttemptTimeout
        ? context.Options.AttemptTimeout
        : Left;

    /// <summary>
    /// Waits before the next read: at least half of the delay, and a random part of the rest, so that the reads of many
    /// changes are not sent together. Returns false if the time is up.
    /// </summary>
    private async Task<bool> TryDelayAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        TimeSpan left = Left;
        if (left <= TimeSpan.Zero || (delay >= left && !HasOwnTimeout))
        {
            return false;
        }

        var spread = TimeSpan.FromTicks((long)(delay.Ticks * (1 + context.Options.NextJitter()) / 2));
        await _timeProvider.DelayAsync(spread < left ? spread : left, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private void ReportWaiting(string? status)
    {
        if (context.Observer is IRequestObserver observer)
        {
            string name = string.IsNullOrEmpty(change.Nickname) ? credentialId : DisplayName.Quote(change.Nickname!);
            observer.OnWaiting(this, Messages.WaitingFor(name, change.Kind.PastParticiple, status));
        }
    }

    /// <summary>What is known about the credential if the response does not contain it.</summary>
    private CadenzaCredential CreatePlaceholder() => new()
    {
        CredentialId = credentialId,
        Venue = change.Venue,
        Nickname = change.Nickname,
        Server = context.Connection.Server,
    };
}
