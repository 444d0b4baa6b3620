using Cadenza.Commands.Results;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// What must be true about the requests and the results of a process. Without a fault, the journal and the server
/// determine both: see <see cref="ExpectedResult"/>. With a fault, a process may do less, but what it reports must be
/// true.
/// </summary>
internal sealed class ProcessRules
{
    private const string JournalBusy = "CadenzaJournalBusy";
    private const string JournalUnusable = "CadenzaJournalUnusable";

    private readonly ModelProcess _process;
    private readonly Dictionary<ModelItem, (ChangeState State, ExpectedResult? Expected)> _before;
    private readonly bool _lacksLineFeed;

    /// <summary>Records what the journal says about the items before the process starts.</summary>
    public ProcessRules(ModelProcess process)
    {
        _process = process;
        JournalCopy journal = process.System.ReadJournal();
        _lacksLineFeed = journal.LacksLineFeed;
        _before = process.Items.ToDictionary(static item => item, item =>
        {
            ChangeState state = journal.StateOf(item.Key, process.System.IsActive);
            bool isPredictable = process.System.IsPredictable(item) && !process.Server.HasSeveral(item)
                && !_lacksLineFeed;
            return (state, isPredictable ? ExpectedResult.Of(item, state, process.Server) : null);
        });
    }

    /// <summary>Verifies a request for a change before it reaches the server.</summary>
    public static void VerifyRequest(ModelProcess process, ModelItem item)
    {
        ModelSystem system = process.System;
        JournalCopy journal = system.ReadJournal();
        JournalLine? last = journal.LinesOf(item.Key).LastOrDefault();
        bool isIntent = last is { Event: "intent" } && system.IsRunOf(process, last.Run);
        process.Check(isIntent, $"The journal has no intent of this process to {item} before its request.");
        process.Check(!process.HasLostLines, $"The request to {item} is sent after the journal was cut.");
        if (process.Command.ThrottleLimit == 1)
        {
            process.Check(process.Disk.IsFlushed, $"The intent to {item} is not flushed before its request.");
            process.Check(!process.Disk.HasFailed, $"The request to {item} is sent after a line was not written.");
        }

        if (item.Action == ChangeAction.Create)
        {
            if (last is { HasSince: false })
            {
                system.NoteUnknownTime(item);
            }

            bool isExisting = process.Server.HasMade(item) && !system.IsUnclear(item) && !system.WasAccepted(item);
            process.Check(!isExisting, $"The request to {item} is sent, although it exists.");
            bool isPending = journal.LinesOf(item.Key).Any(static line => line.IsPending);
            process.Check(!isPending, $"The request to {item} is sent, although the journal says it was accepted.");
        }
    }

    /// <summary>Verifies the results of a process that has ended.</summary>
    public void Verify()
    {
        Tally();
        if (_process.IsKilled)
        {
            return;
        }

        _process.Server.Observe();
        List<CredentialResult> results = [.. _process.Results];
        foreach (CredentialResult result in results)
        {
            VerifyResult(_process.Items[(int)result.Index - 1], result);
        }

        _process.Check(
            _process.IsCanceled || results.Count == _process.Items.Count, "There is not one result for each item.");
        _process.Check(
            results.Select(static result => result.Index).Distinct().Count() == results.Count,
            "There is more than one result for an item.");
        _process.Check(
            !_process.Disk.HasFailed || _process.IsCanceled || HasError(results, JournalUnusable),
            "A line was not written, and no error says so.");
    }

    private void Tally()
    {
        EventTally tally = _process.System.Tally;
        tally.Add(EventTally.Killed, _process.IsKilled ? 1 : 0);
        tally.Add(EventTally.NotWritten, _process.Disk.HasFailed && !_process.IsKilled ? 1 : 0);
        tally.Add(EventTally.Cut, _process.HasLostLines ? 1 : 0);
    }

    private bool HasError(IEnumerable<CredentialResult> results, string id) =>
        _process.ErrorIds.Contains(id) || results.Any(result => result.ErrorId == id);

    private void VerifyResult(ModelItem item, CredentialResult result)
    {
        ModelServer server = _process.Server;
        (ChangeState before, ExpectedResult? expected) = _before[item];
        int sent = _process.Network.CountOf(item);
        string what = $"{item}, which was {before}, has the result {result.Outcome} ({result.Message}) after {sent} "
            + "requests:";
        Check(sent == result.Attempts, "the number of attempts is wrong.");
        if (expected is not null && !_process.IsDisturbed)
        {
            Check(new ExpectedResult(result.Outcome, sent) == expected, $"expected {expected}.");
        }

        bool wasOpen = _lacksLineFeed || before is ChangeState.Unresolved or ChangeState.Pending;
        switch (result.Outcome)
        {
            case ResultOutcome.Applied:
                Check(server.HasMade(item), "it was not made.");
                break;
            case ResultOutcome.Skipped:
                Check(sent == 0 && server.HasMade(item), "it was sent or not made.");
                break;
            case ResultOutcome.Accepted:
                Check(_process.Network.IsAccepted(item), "it was not accepted.");
                break;
            case ResultOutcome.Rejected or ResultOutcome.NotSent:
                Check(!_process.Network.HasSucceeded(item), "this process made it.");
                bool isOther = result.StartedAt is null || result.ErrorId == JournalBusy || server.IsRevoked(item)
                    || _process.System.IsUnclear(item)
                    || (result.ErrorId == JournalUnusable && _process.System.WasMadeByLater(item, _process));
                Check(!wasOpen || isOther || !server.HasMade(item), "an earlier process made it.");
                break;
            case ResultOutcome.Unknown:
                Check(wasOpen || _process.IsDisturbed, "nothing is uncertain.");
                break;
            default:
                Check(false, "the outcome does not exist.");
                break;
        }

        _process.System.Tally.Add($"{before} -> {result.Outcome}");
        void Check(bool isTrue, string fault) => _process.Check(isTrue, $"{what} {fault}");
    }
}
