using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Watching;

/// <summary>
/// Reads the list again and again and reports how it differs from the last complete one. A list that fails or is
/// incomplete is not compared.
/// </summary>
internal sealed class CredentialWatcher(CadenzaClient client, ICommandRuntime runtime, WatchOptions options)
{
    private readonly long _began = client.TimeProvider.GetTimestamp();
    private CredentialSnapshot? _snapshot;
    private bool _isFirst = true;
    private bool _hasEnded;
    private int _failures;

    private TimeSpan Remaining => options.Timeout is TimeSpan timeout
        ? timeout - client.TimeProvider.GetElapsedTime(_began)
        : TimeSpan.MaxValue;

    /// <summary>Watches until the end that the options determine, or until an error that would occur again.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using Deadline? deadline = options.Timeout is TimeSpan timeout
            ? new Deadline(client.TimeProvider, timeout, cancellationToken)
            : null;
        try
        {
            Load();
            while (Poll(deadline?.Token ?? cancellationToken) && Wait(deadline?.Token ?? cancellationToken))
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            WriteTimeout();
        }
        catch (InputException e)
        {
            runtime.WriteError(ErrorCatalog.ForFailure(e, options.State?.Path));
        }
    }

    /// <summary>A watch ends with its time, but a single list that did not arrive in time is a failure.</summary>
    private void WriteTimeout()
    {
        if (options.IsOnce)
        {
            Continue(new ApiException(CadenzaErrorKind.Timeout, RequestOutcome.Unknown, Messages.ListNotInTime));
        }
        else
        {
            runtime.WriteVerbose(Messages.WatchTimedOut);
        }
    }

    private void Load()
    {
        _snapshot = options.State?.Load(client.Server);
        if (_snapshot is not null)
        {
            runtime.WriteVerbose(
                Messages.ComparedWithState(options.State!.Path, UtcTime.FormatSecond(_snapshot.Time)));
        }
    }

    /// <summary>Reads the list once. Returns whether the watch continues.</summary>
    private bool Poll(CancellationToken cancellationToken)
    {
        var update = new SnapshotUpdate(_snapshot, client.Server, client.TimeProvider.GetUtcNow());
        if (Read(update, cancellationToken) is ApiException failure)
        {
            return Continue(failure);
        }

        if (_failures > 0)
        {
            runtime.WriteWarning(Messages.WatchResumed(_failures));
            _failures = 0;
        }

        if (_isFirst)
        {
            WarnAboutMissing(update.Snapshot);
        }

        if (!WriteEvents(update))
        {
            return false;
        }

        Accept(update);
        return !options.IsOnce && !_hasEnded;
    }

    private ApiException? Read(SnapshotUpdate update, CancellationToken cancellationToken)
    {
        try
        {
            PipelineDispatcher.Run(
                runtime,
                (dispatcher, token) => client
                    .ObservedBy(dispatcher).ListCredentialsAsync(CredentialFilter.All, update.Add, token),
                cancellationToken);
            return update.Failure;
        }
        catch (ApiException e)
        {
            return e;
        }
    }

    /// <summary>Writes the failure of a list. Returns whether the watch continues.</summary>
    private bool Continue(ApiException failure)
    {
        CadenzaErrorReport error = ErrorCatalog.ForFailure(failure);
        if (options.IsOnce)
        {
            runtime.WriteError(error.WithSentence(Messages.NothingCompared));
            return false;
        }

        if (WouldFailAgain(failure.Kind))
        {
            runtime.WriteError(error);
            return false;
        }

        _failures++;
        if (_failures == 1)
        {
            runtime.WriteWarning(Messages.WatchInterrupted(error.Message));
        }
        else
        {
            runtime.WriteVerbose(Messages.PollFailed(_failures, error.Message));
        }

        return true;
    }

    /// <summary>Whether the next list would fail in the same way, so that nobody should wait for it.</summary>
    private static bool WouldFailAgain(CadenzaErrorKind kind) => ErrorKinds.FailsEveryItem(kind) || kind is
        CadenzaErrorKind.AccessDenied or CadenzaErrorKind.InvalidRequest or CadenzaErrorKind.Refused
        or CadenzaErrorKind.UnexpectedFailure;

    private void WarnAboutMissing(CredentialSnapshot snapshot)
    {
        foreach (string id in options.CredentialIds.Where(id => !snapshot.Contains(id)))
        {
            runtime.WriteWarning(Messages.NothingToWatch(TextSanitizer.Sanitize(id)));
        }
    }

    /// <summary>
    /// Writes the events. Returns false if the watch ends before the last one: the state is then not replaced, so that
    /// a later run reports the others.
    /// </summary>
    private bool WriteEvents(SnapshotUpdate update)
    {
        IReadOnlyList<CredentialEvent> events = [.. update.FindEvents(options.IsSelected)];
        for (int i = 0; i < events.Count && !_hasEnded; i++)
        {
            runtime.WriteObject(events[i]);
            _hasEnded = options.IsLast(events[i]);
            if (_hasEnded && i < events.Count - 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Makes a complete list the one to compare with.</summary>
    private void Accept(SnapshotUpdate update)
    {
        // A list without changes need not be written again, except to record that it was read.
        if (_isFirst || update.HasChanges)
        {
            options.State?.Save(update.Snapshot);
        }

        if (_snapshot is null && options.State is StateFile state)
        {
            runtime.WriteWarning(Messages.FirstState(state.Path, update.Snapshot.Count));
        }
        else if (_snapshot is null)
        {
            runtime.WriteVerbose(Messages.WatchStarted(update.Snapshot.Count));
        }

        _snapshot = update.Snapshot;
        _isFirst = false;
    }

    /// <summary>Waits for the next list. Returns false if the time of the watch is over.</summary>
    private bool Wait(CancellationToken cancellationToken)
    {
        TimeSpan delay = PollSchedule.DelayAfter(options.Interval, _failures, Jitter.Next());
        TimeSpan remaining = Remaining;
        PipelineDispatcher.Run(
            runtime,
            (_, token) => client.TimeProvider.DelayAsync(delay < remaining ? delay : remaining, token),
            cancellationToken);
        if (Remaining > TimeSpan.Zero)
        {
            return true;
        }

        runtime.WriteVerbose(Messages.WatchTimedOut);
        return false;
    }
}
