namespace Cadenza.Client.Tests.Support;

/// <summary>Gives the same answer to everything, at once and on the caller's thread.</summary>
internal sealed class InMemoryServer(byte[] body) : HttpMessageHandler
{
    public InMemoryServer(string body)
        : this(Encoding.UTF8.GetBytes(body)) { }

    public CadenzaClient CreateClient(string token = TestClients.Token) => TestClients.Create(this, token);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken) =>
        Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new ByteArrayContent(body),
                RequestMessage = request,
            });
}
