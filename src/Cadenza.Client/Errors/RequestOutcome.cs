namespace Cadenza.Client.Errors;

/// <summary>What is known about the effect of a request when its result is reported.</summary>
public enum RequestOutcome
{
    /// <summary>The request was not sent. Nothing changed.</summary>
    NotSent,

    /// <summary>The server rejected the request. Nothing changed.</summary>
    Rejected,

    /// <summary>The server carried out the request.</summary>
    Applied,

    /// <summary>
    /// The request was sent, but its response was lost or unreadable. The server may or may not have carried it out.
    /// </summary>
    Unknown,
}
