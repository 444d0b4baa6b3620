using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Cadenza.Benchmarks;

/// <summary>
/// Sends the same requests with HttpClient and does not parse the responses: the lower bound of the machine and the
/// runtime.
/// </summary>
internal sealed class BareClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public void Dispose() => _http.Dispose();

    /// <summary>Reads the response to a list request to the end.</summary>
    /// <returns>The elapsed time in milliseconds.</returns>
    public async Task<double> DrainAsync()
    {
        byte[] buffer = new byte[64 * 1024];
        var watch = Stopwatch.StartNew();
        using HttpRequestMessage request = Create(HttpMethod.Get, "credential/list");
        using HttpResponseMessage response = await SendAsync(request);
        Check(response);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) > 0)
        {
            // The content is not used.
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Sends revokes, at most <paramref name="concurrency"/> at a time.</summary>
    /// <returns>The elapsed time in milliseconds.</returns>
    public async Task<double> RevokeAsync(int count, int concurrency)
    {
        int next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync)));
        return watch.Elapsed.TotalMilliseconds;

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                using HttpRequestMessage request = Create(HttpMethod.Post, "credential/revoke");
                byte[] body = Encoding.UTF8.GetBytes("{\"credentialId\":\"" + Canned.Id(i) + "\"}");
                request.Content = new ByteArrayContent(body);
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using HttpResponseMessage response = await SendAsync(request);
                Check(response);
                await response.Content.CopyToAsync(Stream.Null);
            }
        }
    }

    private static void Check(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException("The server returned HTTP " + (int)response.StatusCode);
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

    private HttpRequestMessage Create(HttpMethod method, string endpoint)
    {
        var request = new HttpRequestMessage(method, address.TrimEnd('/') + "/api/v3/" + endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Canned.Token);
        return request;
    }
}
