namespace Cadenza.Client.Http;

/// <summary>Observes attempts. Members may be called from any thread.</summary>
internal interface IRequestObserver
{
    /// <summary>Whether to call <see cref="OnAttempt"/>. A thousand changes a second create as many traces.</summary>
    bool WantsAttempts { get; }

    /// <summary>Whether to create <see cref="RequestTrace.Detail"/>, which takes time.</summary>
    bool WantsDetail { get; }

    /// <summary>
    /// Called when the headers of a response arrived or the attempt failed, if <see cref="WantsAttempts"/>.
    /// </summary>
    void OnAttempt(RequestTrace trace);

    /// <summary>Called with the body of a response with secrets masked, if <see cref="WantsDetail"/>.</summary>
    void OnDetail(string detail);

    /// <summary>Called with the reason why requests are delayed, once for each reason.</summary>
    void OnNotice(string message);

    /// <summary>Called when a request has its turn. Called only if requests are paced.</summary>
    void OnTurn();

    /// <summary>
    /// Called when a change waits until the server completes it, with a text for progress, and with null at the end.
    /// </summary>
    /// <param name="wait">The same object for each call about one change.</param>
    /// <param name="text">The text; null at the end.</param>
    void OnWaiting(object wait, string? text);

    /// <summary>Called with a warning about a call that succeeded.</summary>
    void OnWarning(string message);
}
