namespace Cadenza.Commands.Verification;

/// <summary>Whether the exchange accepts keys that were set.</summary>
/// <param name="Verified">One of the words of <see cref="Results.ResultVerification"/>.</param>
/// <param name="Message">Why they are not verified; null if they are.</param>
internal readonly record struct KeyVerification(string Verified, string? Message);
