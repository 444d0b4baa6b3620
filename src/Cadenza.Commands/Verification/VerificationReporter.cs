using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands.Results;

namespace Cadenza.Commands.Verification;

/// <summary>Writes the outcomes of verifications. Called on the thread of the caller.</summary>
/// <param name="reporter">Writes objects, errors and results.</param>
/// <param name="outage">Notices that the server cannot be reached.</param>
internal sealed class VerificationReporter(ItemReporter reporter, OutageDetector outage)
{
    /// <summary>
    /// Writes the answer for an item, with the names of the input where the server does not send them.
    /// </summary>
    public void Write(in ReportedItem item, VerificationResult result)
    {
        VerificationResult named = result.WithName(
            SanitizeName(item.Credential.Venue), SanitizeName(item.Credential.Nickname));
        reporter.WriteSuccess(item, named, new ResultDetails(ResultOutcome.Answered)
        {
            Venue = named.Venue,
            Nickname = named.Nickname,
            Verified = ResultVerification.Of(named),
            Message = named.Message,
        });
    }

    /// <summary>Writes the error of an item that could not be verified.</summary>
    public void WriteFailure(in ReportedItem item, ApiException failure)
    {
        outage.Observe(failure);
        CredentialReference credential = item.Credential;
        string name = DisplayName.Format(credential.Venue, credential.Nickname, credential.CredentialId!);
        reporter.WriteFailure(item, ErrorCatalog.ForVerification(credential.CredentialId!, name, failure));
    }

    private static string? SanitizeName(string? name) =>
        string.IsNullOrEmpty(name) ? null : TextSanitizer.Sanitize(name!);
}
