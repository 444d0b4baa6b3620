namespace Cadenza.Client.Errors;

/// <summary>What is known of a request's effect at the time its result is reported.</summary>
public enum RequestOutcome
{
    /// <summary>The request never reached the server: nothing was changed.</summary>
    NotSent,

    /// <summary>The server refused the request: nothing was changed.</summary>
    Rejected,

    /// <summary>The server carried the request out.</summary>
    Applied,

    /// <summary>The request was sent and its answer was lost or unreadable: it may or may not have been carried out.</summary>
    Unknown,
}
