using Cadenza.Commands.Results;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// What a process without a fault reports and sends: the table "How a run uses existing entries" in docs/journal.md.
/// </summary>
/// <param name="Outcome">The outcome of the item.</param>
/// <param name="Requests">The number of requests for the change.</param>
internal sealed record ExpectedResult(string Outcome, int Requests)
{
    public static ExpectedResult Of(ModelItem item, ChangeState state, ModelServer server)
    {
        bool isRecognized = item.Action != ChangeAction.Rotate && server.HasMade(item);
        bool isPossible = server.WouldMake(item);
        return state switch
        {
            ChangeState.Made => new(ResultOutcome.Skipped, 0),
            ChangeState.InProgress => new(ResultOutcome.NotSent, 0),
            ChangeState.Unresolved or ChangeState.Pending when isRecognized => new(ResultOutcome.Applied, 0),
            ChangeState.Pending when item.Action == ChangeAction.Create => new(ResultOutcome.Unknown, 0),
            _ when isPossible => new(ResultOutcome.Applied, 1),
            ChangeState.NotMade => new(ResultOutcome.Rejected, 1),

            ChangeState.Unresolved when item.Action != ChangeAction.Rotate => new(ResultOutcome.Rejected, 1),

            // The server rejects it now, and nothing shows whether an earlier process made it.
            _ => new(ResultOutcome.Unknown, 1),
        };
    }
}
