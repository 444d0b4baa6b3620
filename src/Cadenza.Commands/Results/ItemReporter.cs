using System;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Results;

/// <summary>
/// Writes what a command did for each item: an object or an error or, with results, one <see cref="CredentialResult"/>.
/// With results, an error that ends the command is written after the results of all items and does not terminate, so
/// that the caller keeps them.
/// </summary>
/// <param name="runtime">The runtime of the command.</param>
/// <param name="server">The server of the connection.</param>
/// <param name="action">What the command does.</param>
/// <param name="timeProvider">The time of the connection.</param>
/// <param name="asResults">Whether results are written.</param>
internal sealed class ItemReporter(
    ICommandRuntime runtime, string server, string action, TimeProvider timeProvider, bool asResults)
{
    private readonly DeferredTerminatingError _terminating = new(runtime);
    private CadenzaErrorReport? _end;
    private bool _isInResult;
    private bool _hasRest;

    /// <summary>Whether nothing more may be sent.</summary>
    public bool IsEnding => asResults ? _end is not null : _terminating.IsPending;

    /// <summary>Writes the object of an item, or its result.</summary>
    public void WriteSuccess(in ReportedItem item, object output, in ResultDetails details) =>
        runtime.WriteObject(asResults ? Create(item, details) : output);

    /// <summary>Writes the error of an item, or its result.</summary>
    /// <param name="item">The item.</param>
    /// <param name="error">The error.</param>
    /// <param name="verified">One of the words of <see cref="ResultVerification"/>; null if nothing was asked.</param>
    public void WriteFailure(in ReportedItem item, CadenzaErrorReport error, string? verified = null)
    {
        if (!asResults)
        {
            _terminating.Add(error);
            return;
        }

        var failure = error.Exception as ApiException;
        runtime.WriteObject(Create(item, new ResultDetails(error.Exception.Outcome.ToString())
        {
            Verified = verified,
            ErrorId = error.Id,
            Message = error.Message,
            Attempts = failure?.Attempts ?? 0,
            RequestId = failure?.RequestId,
        }));
        if (error.FailsEveryItem && _end is null)
        {
            _end = error;
            _isInResult = true;
        }
    }

    /// <summary>
    /// Writes the result of an item for which nothing was to be done. Without results, writes nothing.
    /// </summary>
    public void WriteIdle(in ReportedItem item, in ResultDetails details)
    {
        if (asResults)
        {
            runtime.WriteObject(Create(item, details));
        }
    }

    /// <summary>Writes the result of an item that is not sent because the command is ending.</summary>
    public void WriteNotSent(in ReportedItem item)
    {
        _hasRest = true;
        WriteIdle(item, new ResultDetails(ResultOutcome.NotSent)
        {
            ErrorId = _end?.Id,
            Message = _end is null ? null : Messages.NotSentBecause(_end.Message),
            Attempts = 0,
        });
    }

    /// <summary>Ends the command because of an error: nothing more is sent.</summary>
    /// <param name="error">The error.</param>
    /// <param name="isInResult">Whether the result of an item contains the cause.</param>
    public void End(CadenzaErrorReport error, bool isInResult = false)
    {
        if (!asResults)
        {
            _terminating.Add(error);
        }
        else if (_end is null)
        {
            _end = error;
            _isInResult = isInResult;
        }
    }

    /// <summary>
    /// Writes the error that ends the command, which throws in PowerShell. Does nothing with results.
    /// </summary>
    public void ThrowIfEnding(Func<CadenzaErrorReport, CadenzaErrorReport>? complete = null)
    {
        if (!asResults)
        {
            _terminating.Throw(complete);
        }
    }

    /// <summary>
    /// With results, writes the error that ended the command, after all results. It is not needed if a result contains
    /// its cause and no item was left.
    /// </summary>
    public void Complete(Func<CadenzaErrorReport, CadenzaErrorReport>? complete = null)
    {
        if (_end is not CadenzaErrorReport error)
        {
            return;
        }

        _end = null;
        if (_hasRest || !_isInResult)
        {
            runtime.WriteError((complete?.Invoke(error) ?? error).ForOneItem());
        }
    }

    /// <summary>Returns the message of the error that ends the command if it can no longer be written.</summary>
    public string? TakeUnreported()
    {
        string? message = _end?.Message ?? _terminating.TakeUnreported();
        _end = null;
        return message;
    }

    private CredentialResult Create(in ReportedItem item, in ResultDetails details)
    {
        CredentialReference credential = item.Credential;
        return new CredentialResult
        {
            Index = credential.Number,
            CredentialId = details.CredentialId ?? Clean(credential.CredentialId),
            Venue = details.Venue ?? Clean(credential.Venue),
            Nickname = details.Nickname ?? Clean(credential.Nickname),
            Server = server,
            Action = action,
            Outcome = details.Outcome,
            Verified = details.Verified,
            ErrorId = details.ErrorId,
            Message = details.Message,
            Attempts = details.Attempts,
            RequestId = details.RequestId,
            StartedAt = item.StartedAt,
            EndedAt = timeProvider.GetUtcNow(),
        };
    }

    private static string? Clean(string? text) => string.IsNullOrEmpty(text) ? null : TextSanitizer.Sanitize(text!);
}
