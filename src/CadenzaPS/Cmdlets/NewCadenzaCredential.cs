using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Client.Security;
using Cadenza.Client.Text;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// New-CadenzaCredential: creates credentials. Writes each created credential, or one error that says whether it was
/// created. A request whose response is lost is never repeated; the created credential is identified by its venue,
/// nickname and time of creation.
/// </summary>
[Cmdlet(
    VerbsCommon.New, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.NewCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class NewCadenzaCredential : ApiKeyCmdlet
{

    /// <summary>The venue, such as OKX.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? Venue { get; set; }

    /// <summary>
    /// The display name. Without one, a credential cannot be found again if the response to its creation is lost.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    public string? Nickname { get; set; }

    /// <summary>The type of credential.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string CredentialType { get; set; } = CredentialTypes.Default;

    /// <inheritdoc/>
    private protected override ChangeKind Kind => ChangeKind.Create;

    private bool HasNickname => !string.IsNullOrWhiteSpace(Nickname);

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (string.IsNullOrWhiteSpace(Venue))
        {
            string description = HasNickname ? $"a credential {DisplayName.Quote(Nickname!)}" : "a credential";
            var item = new CredentialReference(null, Origin: description);
            Changes.Reject(CadenzaErrorKind.InvalidNewCredential, item, "it has no venue.");
            return;
        }

        (ApiKeySet? keys, string? fault) = ReadKeys(identity: $"{Venue}\n{Nickname}");
        if (keys is null)
        {
            string venue = DisplayName.FormatVenue(Venue!);
            string description = HasNickname
                ? $"{venue} {DisplayName.Quote(Nickname!)}"
                : $"a credential for {venue}";
            var item = new CredentialReference(null, Venue, Nickname, description);
            Changes.Reject(CadenzaErrorKind.InvalidKeys, item, fault!);
            return;
        }

        Changes.Process(new CreateRequest(new NewCredential(Venue!, keys)
        {
            Nickname = HasNickname ? Nickname : null,
            CredentialType = string.IsNullOrWhiteSpace(CredentialType) ? CredentialTypes.Default : CredentialType,
        }));
    }
}
