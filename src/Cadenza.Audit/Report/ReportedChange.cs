namespace Cadenza.Audit.Report;

/// <summary>A change of a credential since an earlier report.</summary>
/// <param name="Event">What happened, such as StatusChanged.</param>
/// <param name="Venue">The venue; null if it is not known.</param>
/// <param name="Nickname">The nickname; null if there is none.</param>
/// <param name="CredentialId">The id.</param>
/// <param name="Before">What the change replaced, such as the old status; null if nothing.</param>
/// <param name="After">What it was replaced by; null if nothing.</param>
internal sealed record ReportedChange(
    string Event, string? Venue, string? Nickname, string CredentialId, string? Before, string? After);
