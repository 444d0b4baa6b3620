using System;

namespace Cadenza.Client.Http;

/// <summary>The random numbers for jitter.</summary>
internal static class Jitter
{
#if !NET
    private static readonly Random Source = new();
#endif

    /// <summary>Returns a random number from 0 (inclusive) to 1 (exclusive).</summary>
    public static double Next()
    {
#if NET
        return Random.Shared.NextDouble();
#else
        lock (Source)
        {
            return Source.NextDouble();
        }
#endif
    }
}
