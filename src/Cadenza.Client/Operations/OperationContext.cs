using System;
using Cadenza.Client.Http;

namespace Cadenza.Client.Operations;

/// <summary>The dependencies of an operation.</summary>
/// <param name="Sender">Sends its requests.</param>
/// <param name="Connection">The state that all requests of the connection share.</param>
/// <param name="Observer">Receives warnings, or null.</param>
/// <param name="CompletionTimeout">
/// How long to wait until a change that the server accepted is complete. Zero does not wait; null waits for the rest of
/// the timeout of the call.
/// </param>
internal sealed record OperationContext(
    RequestSender Sender, SenderContext Connection, IRequestObserver? Observer, TimeSpan? CompletionTimeout)
{
    /// <summary>The options of the client.</summary>
    public CadenzaClientOptions Options => Connection.Options;
}
