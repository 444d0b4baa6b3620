namespace Cadenza.Client.Models;

/// <summary>The owner of an access token.</summary>
/// <param name="Id">The user's id, or null if the server does not send it.</param>
/// <param name="Email">The user's email address, or null if the server does not send it.</param>
public sealed record SignedInUser(string? Id, string? Email)
{
    /// <summary>Returns the email address, or the id if there is none.</summary>
    public override string ToString() => Email ?? Id ?? "unknown";
}
