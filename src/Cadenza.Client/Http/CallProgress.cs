using Cadenza.Client.Errors;
using Cadenza.Client.Models;

namespace Cadenza.Client.Http;

/// <summary>The progress of a call.</summary>
/// <param name="began">The timestamp of the start.</param>
internal sealed class CallProgress(long began)
{
    /// <summary>The timestamp of the start, without the time that the call waited for its turn.</summary>
    public long Began { get; private set; } = began;

    /// <summary>Whether the next attempt has its turn.</summary>
    public bool HasTurn { get; set; }

    public int Attempts { get; set; }

    public string? RequestId { get; set; }

    /// <summary>The attempt in progress in the request log; null if there is none.</summary>
    public CadenzaRequest? Logged { get; set; }

    /// <summary>Whether an attempt that may have made a change was sent and its response was lost.</summary>
    public bool HasLostAttempt { get; set; }

    /// <summary>Whether the access token was renewed, which is done once.</summary>
    public bool HasRenewed { get; set; }

    /// <summary>Moves the start by a time that is not part of the timeout of the call.</summary>
    public void Exclude(long from, long to) => Began += to - from;

    public ApiException Conclude(ApiException failure) => failure.Conclude(Attempts, HasLostAttempt);

    /// <summary>Adds the failure of the attempt in progress to the request log.</summary>
    public void LogFailure(ApiException failure)
    {
        if (Logged is not null)
        {
            Logged.Error = failure.Kind.ToString();
            Logged = null;
        }
    }

    /// <summary>
    /// Adds to the request log that the caller canceled. A caller that has read enough of a response also cancels.
    /// </summary>
    public void LogCancellation()
    {
        if (Logged is { Status: null })
        {
            Logged.Error = "Canceled";
        }
    }
}
