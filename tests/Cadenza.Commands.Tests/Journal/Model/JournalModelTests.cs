using CsCheck;
using Xunit.Abstractions;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// Random processes change credentials with one journal, and random faults occur. After each command, the journal, the
/// requests and the results must agree with the servers. <see cref="CommandGenerator"/> generates the commands,
/// <see cref="ModelSystem"/> and <see cref="ModelProcess"/> execute them with the product and the sandbox.
/// <see cref="JournalRules"/>, <see cref="ProcessRules"/> and <see cref="ExpectedResult"/> contain what must be true.
/// If a rule does not hold, CsCheck prints the seed and the shortest list of commands that it has found.
/// </summary>
public sealed class JournalModelTests(ITestOutputHelper output)
{
    private const string Steps = "steps";

    /// <summary>A schedule has about 30 steps, so these are more than 100,000.</summary>
    private static readonly int Schedules = ScheduleCount.Scale(3_500);

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void The_journal_the_requests_and_the_results_are_right_whatever_happens()
    {
        // Each process blocks a thread until other threads have completed its requests and lines.
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 16), ports);
        var tally = new EventTally();

        CommandGenerator.Schedule.Sample(
            schedule => Run(schedule, tally), iter: Schedules, print: static schedule => schedule.ToString());

        output.WriteLine(tally.ToString());
        Assert.True(tally.CountOf(Steps) > Schedules * 15, "The schedules are short.");
        Assert.All(
            [
                "NotMade -> Applied", "NotMade -> Rejected", "NotMade -> NotSent", "Made -> Skipped",
                "InProgress -> NotSent", "Unresolved -> Applied", "Unresolved -> Unknown", EventTally.Killed,
                EventTally.NotWritten, EventTally.Cut,
            ],
            name => Assert.True(tally.CountOf(name) >= Schedules / 200, $"'{name}' is rare."));
    }

    private static void Run(ModelSchedule schedule, EventTally tally)
    {
        using var system = new ModelSystem(schedule, tally);
        foreach (ModelCommand command in schedule.Commands.Concat(schedule.LastCommands))
        {
            system.Execute(command);
            tally.Add(Steps, command.Steps);
        }
    }
}
