namespace Cadenza.Client.Tests.Support;

/// <summary>
/// The number of random schedules that a test runs. The environment variable CADENZA_TEST_SCHEDULES is a factor:
/// 10 runs ten times as many, 0.1 a tenth.
/// </summary>
internal static class ScheduleCount
{
    private const string Variable = "CADENZA_TEST_SCHEDULES";

    /// <summary>
    /// The build for Windows PowerShell has the same sources, so a tenth of the schedules is enough.
    /// </summary>
#if CLIENT_NETSTANDARD
    private const double BuildFactor = 0.1;
#else
    private const double BuildFactor = 1;
#endif

    public static int Scale(int count) => Math.Max(1, (int)Math.Round(count * BuildFactor * Factor));

    private static double Factor { get; } = Parse(Environment.GetEnvironmentVariable(Variable));

    private static double Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 1;
        }

        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double factor)
            && factor is > 0 and <= 1000
            ? factor
            : throw new InvalidOperationException($"{Variable} must be a number greater than 0 and at most 1000.");
    }
}
