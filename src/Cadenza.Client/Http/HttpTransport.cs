using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>Builds the HttpClient: no redirects, no cookies, no timeout of its own, and as many connections as there are requests.</summary>
internal static class HttpTransport
{
    private const int MaxResponseHeadersKilobytes = 64;
#if NET
    private static readonly TimeSpan MaxConnectTime = TimeSpan.FromSeconds(10);
#endif

    public static HttpClient Create(CadenzaClientOptions options)
    {
        var client = new HttpClient(options.Handler ?? CreateHandler(options), disposeHandler: true)
        {
            BaseAddress = options.BaseAddress,

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
    private static SocketsHttpHandler CreateHandler(CadenzaClientOptions options) => new()
    {
        // "This machine" means this machine, not the proxy's.
        UseProxy = !options.BaseAddress.IsLoopback,
        Proxy = options.Proxy,
        AllowAutoRedirect = false,
        UseCookies = false,

        // Whoever reads an answer counts its bytes after this, so that a small one cannot swell without end. No Brotli: what is wrong
        // with one comes out as an InvalidOperationException, which is a bug's.
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        EnableMultipleHttp2Connections = true,

        // Ends before the attempt does: a connection that could not be made in time is then known to have carried nothing.
        ConnectTimeout = TimeSpan.FromTicks(Math.Min(MaxConnectTime.Ticks, options.AttemptTimeout.Ticks / 2)),

        // Lets a long session follow a change of the server's addresses.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
#else
    private static HttpClientHandler CreateHandler(CadenzaClientOptions options) => new()
    {
        // "This machine" means this machine, not the proxy's.
        UseProxy = !options.BaseAddress.IsLoopback,
        Proxy = options.Proxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,

        // .NET Framework allows two.
        MaxConnectionsPerServer = Throttle.Max,
    };
#endif
}
