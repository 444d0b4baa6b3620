using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Security;

namespace Cadenza.Client.Operations;

/// <summary>The response to a change that the server reports as successful.</summary>
/// <param name="Credential">The credential in the response.</param>
/// <param name="Status">The HTTP status code. 202 means accepted, not done.</param>
/// <param name="Message">The server's message beside the success, or null.</param>
internal sealed record ChangeResponse(CadenzaCredential Credential, int Status, string? Message)
{
    /// <summary>The HTTP status of a request that is carried out later.</summary>
    public const int AcceptedStatus = 202;

    /// <summary>Whether the server only accepted the change and carries it out later.</summary>
    public bool IsAccepted => Status == AcceptedStatus;

    /// <summary>Reads the response and learns the server's dialect from it.</summary>
    /// <exception cref="ApiException">The response reports a failure or cannot be read.</exception>
    public static async Task<ChangeResponse> ReadAsync(ApiResponse response, SenderContext connection)
    {
        ReadOrigin origin = connection.CreateOrigin();
        CadenzaCredential credential = await ResponseInterpreter.ReadItemAsync(response, (json, redactor) =>
        {
            var parser = CredentialParser.Read(json, redactor, interned: null);
            connection.Dialect.ObserveCredential(
                parser.HasPageNames, parser.HasCommonNames, parser.Traits.CredentialType);
            return parser.Build(origin);
        }).ConfigureAwait(false);
        return new ChangeResponse(credential, response.Status, response.SuccessMessage);
    }

    /// <summary>
    /// Warns about a success that does not look like one: the server adds a message, or the exchange does not accept
    /// the keys.
    /// </summary>
    /// <param name="observer">Receives the warning, or null.</param>
    /// <param name="request">The change.</param>
    public void Warn(IRequestObserver? observer, ChangeRequest request)
    {
        ChangeKind kind = request.Kind;
        if (Message is not null)
        {
            observer?.OnWarning(Messages.SuccessWithMessage(request.DisplayName, kind.PastParticiple, Message));
        }

        if (kind != ChangeKind.Revoke
            && CredentialStatus.GroupOf(Credential) is CredentialStatusGroup.Broken or CredentialStatusGroup.Revoked)
        {
            observer?.OnWarning(Messages.KeysMayBeRejected(
                request.DisplayName, kind.PastParticiple, Credential.Status));
        }
    }
}
