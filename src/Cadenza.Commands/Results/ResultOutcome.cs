using System.Collections.Generic;
using Cadenza.Client.Errors;

namespace Cadenza.Commands.Results;

/// <summary>
/// What happened to an item of the input. The values are words, so that they compare in the same way after a conversion
/// to CSV, JSON or CLIXML.
/// </summary>
public static class ResultOutcome
{
    /// <summary>The change was made.</summary>
    public const string Applied = nameof(RequestOutcome.Applied);

    /// <summary>The server accepted the change and carries it out later. It may or may not have been made.</summary>
    public const string Accepted = nameof(Accepted);

    /// <summary>The verification was answered.</summary>
    public const string Answered = nameof(Answered);

    /// <summary>
    /// Nothing was sent, because nothing was left to do: the journal lists the change as made, or the input repeats an
    /// earlier item.
    /// </summary>
    public const string Skipped = nameof(Skipped);

    /// <summary>Nothing was sent, because the user answered No at the confirmation prompt.</summary>
    public const string Declined = nameof(Declined);

    /// <summary>The server rejected the request. Nothing changed.</summary>
    public const string Rejected = nameof(RequestOutcome.Rejected);

    /// <summary>The request was not sent. Nothing changed.</summary>
    public const string NotSent = nameof(RequestOutcome.NotSent);

    /// <summary>The request was sent, and its result could not be determined.</summary>
    public const string Unknown = nameof(RequestOutcome.Unknown);

    /// <summary>All values.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Applied, Accepted, Answered, Skipped, Declined, Rejected, NotSent, Unknown];
}
