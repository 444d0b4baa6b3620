using System;

namespace Cadenza.Client.Http;

/// <summary>What a response reports about the rate limit of the server.</summary>
/// <param name="Remaining">The number of requests that are left until the reset.</param>
/// <param name="Reset">The time until the reset; more than zero and at most a day.</param>
/// <param name="Limit">The number of requests that the server accepts between two resets; null if not known.</param>
internal readonly record struct RateLimitReport(long Remaining, TimeSpan Reset, long? Limit);
