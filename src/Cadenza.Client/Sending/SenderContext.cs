using System.Net.Http;

namespace Cadenza.Client.Sending;

/// <summary>What all requests of a connection share.</summary>
internal sealed class SenderContext(HttpClient http, CadenzaClientOptions options)
{
    public HttpClient Http { get; } = http;

    public CadenzaClientOptions Options { get; } = options;

    public HoldBack HoldBack { get; } = new(options.Clock);

    public ServerClock ServerClock { get; } = new(options.Clock);
}
