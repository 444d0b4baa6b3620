using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace Cadenza.Client.Http;

/// <summary>Creates the HttpClient, without redirects, cookies and a timeout of its own.</summary>
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

            // RequestSender applies the timeouts: HttpClient.Timeout looks like a cancellation by the caller.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(
            new ProductInfoHeaderValue("CadenzaPS", typeof(HttpTransport).Assembly.GetName().Version?.ToString(3)));
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }

    /// <summary>Returns the proxy that requests use, without user name and password, or null.</summary>
    public static Uri? FindProxy(CadenzaClientOptions options)
    {
        if (options.Handler is not null || options.BaseAddress.IsLoopback)
        {
            return null;
        }

#if NET
        IWebProxy? proxy = options.Proxy ?? HttpClient.DefaultProxy;
#else
        IWebProxy? proxy = options.Proxy ?? WebRequest.DefaultWebProxy;
#endif
        Uri? address = proxy is null || proxy.IsBypassed(options.BaseAddress)
            ? null
            : proxy.GetProxy(options.BaseAddress);
        return address is null || address == options.BaseAddress
            ? null
            : new UriBuilder(address) { UserName = "", Password = "" }.Uri;
    }

#if NET
    private static SocketsHttpHandler CreateHandler(CadenzaClientOptions options) => new()
    {
        // "This machine" means this machine, not the proxy's.
        UseProxy = !options.BaseAddress.IsLoopback,
        Proxy = options.Proxy,
        AllowAutoRedirect = false,
        UseCookies = false,

        // Body limits apply to decompressed bytes. No Brotli: invalid data throws InvalidOperationException.
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
        EnableMultipleHttp2Connections = true,

        // Less than the attempt timeout, so that a connect timeout proves that nothing was sent.
        ConnectTimeout = TimeSpan.FromTicks(Math.Min(MaxConnectTime.Ticks, options.AttemptTimeout.Ticks / 2)),

        // Long sessions pick up DNS changes.
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

        // The default on .NET Framework is 2.
        MaxConnectionsPerServer = Throttle.Max,
    };
#endif
}
