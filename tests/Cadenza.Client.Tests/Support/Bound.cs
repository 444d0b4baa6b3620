namespace Cadenza.Client.Tests.Support;

/// <summary>No test waits forever.</summary>
internal static class Bound
{
    /// <summary>Far more than anything here takes on a slow machine, far less than a stuck build.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    public static Task<T> Bounded<T>(this Task<T> task) => task.WaitAsync(Time);

    public static Task Bounded(this Task task) => task.WaitAsync(Time);
}
