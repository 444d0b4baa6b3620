namespace Cadenza.Commands.Tests.Journal;

internal static class ChangeJournalExtensions
{
    /// <summary>Begins a change for which the time of the server does not matter.</summary>
    public static Task<bool> BeginAsync(this ChangeJournal journal, JournaledChange change) =>
        journal.BeginAsync(change, since: null).Bounded();
}
