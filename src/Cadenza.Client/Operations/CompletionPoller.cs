using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Client.Operations;

/// <summary>
/// Reads a credential repeatedly after the server accepted a change, until the credential shows that the change was
/// made or the time is up.
/// </summary>
internal sealed class CompletionPoller(OperationContext context, string credentialId, long began)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(10);

    private TimeSpan Elapsed => context.Options.TimeProvider.GetElapsedTime(began);

    /// <summary>Waits until the change is complete.</summary>
    /// <param name="accepted">The failure or success that reported the acceptance, for attempts and request id.</param>
    /// <param name="isDone">Whether the credential shows that the change was made.</param>
    /// <param name="cancellationToken">The caller's cancellation token.</param>
    /// <exception cref="ApiException">
    /// The credential did not show the change in time. The outcome is unknown.
    /// </exception>
    /// <exception cref="RequestCanceledException">The caller canceled.</exception>
    public async Task<ApiResult<CadenzaCredential>> WaitAsync(
        ApiException accepted, Func<CadenzaCredential, bool> isDone, CancellationToken cancellationToken)
    {
        var reader = new CredentialReadBack(context, credentialId);
        TimeSpan delay = TimeSpan.Zero;
        string reason = Messages.NotReadBack;
        while (await TryDelayAsync(accepted, delay, cancellationToken).ConfigureAwait(false))
        {
            (CadenzaCredential? credential, string? fault) = await reader
                .ReadAsync(accepted, context.Options.RetryTimeout - Elapsed, cancellationToken).ConfigureAwait(false);
            if (credential is not null && isDone(credential))
            {
                return new ApiResult<CadenzaCredential>(credential, accepted.Attempts, accepted.RequestId);
            }

            reason = credential is null ? Messages.CannotReadBack(fault) : Messages.HadStatus(credential.Status);
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

    /// <summary>Waits before the next read. Returns false if the time is up.</summary>
    private async Task<bool> TryDelayAsync(
        ApiException accepted, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (Elapsed + delay >= context.Options.RetryTimeout)
        {
            return false;
        }

        try
        {
            await context.Options.TimeProvider.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            throw new RequestCanceledException(accepted.Attempts, accepted.RequestId, cancellationToken);
        }
    }
}
