namespace Cadenza.Commands.Results;

/// <summary>What is known about an item when its result is written.</summary>
/// <param name="Outcome">One of the words of <see cref="ResultOutcome"/>.</param>
internal readonly record struct ResultDetails(string Outcome)
{
    /// <summary>The id of the credential if the input did not have it; null for the one of the input.</summary>
    public string? CredentialId { get; init; }

    /// <summary>The venue on the server; null for the one of the input.</summary>
    public string? Venue { get; init; }

    /// <summary>The nickname on the server; null for the one of the input.</summary>
    public string? Nickname { get; init; }

    /// <summary>One of the words of <see cref="ResultVerification"/>, or null.</summary>
    public string? Verified { get; init; }

    /// <summary>The id of the error, or null.</summary>
    public string? ErrorId { get; init; }

    /// <summary>The message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>The number of requests, or null.</summary>
    public int? Attempts { get; init; }

    /// <summary>The request id of the last attempt, or null.</summary>
    public string? RequestId { get; init; }
}
