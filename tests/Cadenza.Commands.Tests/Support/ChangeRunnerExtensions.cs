namespace Cadenza.Commands.Tests.Support;

internal static class ChangeRunnerExtensions
{
    /// <summary>Processes a change whose position in the input does not matter.</summary>
    public static void Process(this ChangeRunner runner, ChangeRequest request) =>
        runner.Process(request.Existing ?? default, request);
}
