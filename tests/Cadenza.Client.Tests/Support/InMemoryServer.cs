namespace Cadenza.Client.Tests.Support;

/// <summary>Gives the same answer to everything, at once and on the caller's thread.</summary>
internal sealed class InMemoryServer(byte[] body) : HttpMessageHandler
{
    public InMemoryServer(string body)
        : this(Encoding.UTF8.GetBytes(body)) { }

    public byte[] Body { get; set; } = body;

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>Called with the Authorization header of each request.</summary>
    public Action<string>? OnAuthorization { get; init; }

    public CadenzaClient CreateClient(string token = TestClients.Token) => TestClients.Create(this, token);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        OnAuthorization?.Invoke(request.Headers.NonValidated["Authorization"].ToString());
        return Task.FromResult(
            new HttpResponseMessage(Status) { Content = new ByteArrayContent(Body), RequestMessage = request });
    }
}
