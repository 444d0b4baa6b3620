using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace Cadenza.Client.Transport;

/// <summary>Builds the HttpClient: no redirects, no cookies, no decompression, no timeout of its own.</summary>
internal static class HttpTransport
{
    private const int MaxResponseHeadersKilobytes = 64;

    public static HttpClient Create(Uri baseAddress, HttpMessageHandler? handler)
    {
        var client = new HttpClient(handler ?? CreateHandler(baseAddress), disposeHandler: true)
        {
            BaseAddress = baseAddress,

            // The sender times every attempt itself: HttpClient's timeout cannot tell its own end from the caller's.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("CadenzaPS", typeof(HttpTransport).Assembly.GetName().Version?.ToString(3)));
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }

#if NET
    private static SocketsHttpHandler CreateHandler(Uri baseAddress) => new()
    {
        // "This machine" means this machine, not the proxy's.
        UseProxy = !baseAddress.IsLoopback,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,

        // Lets a long session follow a change of the server's addresses.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
#else
    private static HttpClientHandler CreateHandler(Uri baseAddress) => new()
    {
        // "This machine" means this machine, not the proxy's.
        UseProxy = !baseAddress.IsLoopback,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
    };
#endif
}
