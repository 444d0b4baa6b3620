namespace Cadenza.Client.Models;

/// <summary>Who an access token belongs to.</summary>
/// <param name="Id">The user's id; null where the server does not say.</param>
/// <param name="Email">The user's email; null where the server does not say.</param>
public sealed record SignedInUser(string? Id, string? Email)
{
    /// <summary>The email, or the id where there is none.</summary>
    public override string ToString() => Email ?? Id ?? "unknown";
}
