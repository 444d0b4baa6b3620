using CsCheck;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>
/// Generates random commands. If a list of commands fails, CsCheck searches for a shorter list with smaller numbers.
/// The default of each option therefore has the number 0.
/// </summary>
internal static class CommandGenerator
{
    private static readonly Gen<int[]> Items = Gen.Int[0, ModelServer.ItemsOfAction - 1].ArrayUnique[1, 3];

    private static readonly Gen<ModelFault> NoFault = Gen.Const(ModelFault.None);

    private static readonly Gen<ModelCommand> Clock =
        Gen.Int[-3000, 3000].Select(static hours => (ModelCommand)new SetClock(hours));

    private static readonly Gen<ModelCommand> Wait =
        Gen.Int[1, 10].Select(static minutes => (ModelCommand)new PassTime(minutes));

    private static readonly Gen<ModelCommand> Cut =
        Gen.Int[1, 900].Select(static bytes => (ModelCommand)new CutJournal(bytes));

    private static readonly Gen<ModelFault> Fault = Gen.Frequency(
        (3, Gen.Select(
            Gen.Int[(int)FaultKind.RequestRefused, (int)FaultKind.CancelAfterRequest],
            Gen.Int[0, 5],
            Gen.OneOf(1, 2, 12),
            static (kind, first, count) => new ModelFault((FaultKind)kind, first, count, 0, []))),
        (2, Gen.Select(
            Gen.Int[(int)FaultKind.DiskFull, (int)FaultKind.CrashInWrite],
            Gen.Int[0, 5],
            Gen.OneOf(1, 2, 12),
            Gen.Int[0, 100],
            static (kind, first, count, percent) => new ModelFault((FaultKind)kind, first, count, percent, []))));

    /// <summary>A system and what happens in it. Most processes of a schedule make the same kind of change.</summary>
    public static readonly Gen<ModelSchedule> Schedule = Gen.Int[0, 2].SelectMany(static action => Gen.Select(
        CreateCommand(action).List[1, 14],
        Gen.Frequency((9, Gen.Const(0)), (1, Gen.Int[1, 2])),
        Gen.Frequency((99, Gen.Const(false)), (1, Gen.Const(true))),
        static (commands, accepted, usesDisk) => new ModelSchedule(commands, accepted, usesDisk)));

    private static Gen<ModelCommand> CreateCommand(int action)
    {
        Gen<ModelCommand> plain = Gen.Frequency((8, CreateRun(action, NoFault)), (1, Clock), (1, Wait), (3, Cut));
        Gen<ModelFault> others = Gen.Select(
            Gen.Int[(int)FaultKind.OthersBeforeRequest, (int)FaultKind.OthersAfterRequest],
            Gen.Int[0, 3],
            plain.Array[1, 2],
            static (kind, first, commands) => new ModelFault((FaultKind)kind, first, 1, 0, commands));
        return Gen.Frequency(
            (4, CreateRun(action, NoFault)),
            (10, CreateRun(action, Fault)),
            (4, CreateRun(action, others)),
            (1, Clock),
            (1, Wait),
            (1, Cut));
    }

    private static Gen<ModelCommand> CreateRun(int action, Gen<ModelFault> fault) => Gen.Select(
        Gen.Frequency((5, Gen.Const(0)), (1, Gen.Const(1))),
        Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[1, 2])),
        Items,
        fault,
        Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[1, 7])),
        (server, other, items, what, options) => (ModelCommand)new RunProcess(
            server, (ChangeAction)((action + other) % 3), items, what)
            {
                // A process with others has one change in flight, so that their order is the same in each run.
                ThrottleLimit = !what.HasOthers && (options & 1) != 0 ? 3 : 1,
                ValidatesFirst = (options & 2) != 0,
                Waits = (options & 4) != 0,
            });
}
