using Cadenza.Client.Http;

namespace Cadenza.Client.Operations;

/// <summary>What an operation works with.</summary>
/// <param name="Sender">Sends its requests.</param>
/// <param name="Connection">What all requests of the connection share.</param>
/// <param name="Observer">Who is told of warnings; null for nobody.</param>
internal sealed record OperationContext(RequestSender Sender, SenderContext Connection, IRequestObserver? Observer)
{
    /// <summary>The options of the client.</summary>
    public CadenzaClientOptions Options => Connection.Options;
}
