using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Benchmarks;

/// <summary>The same requests by HttpClient alone, which understands nothing of the answers: what the machine and the runtime allow.</summary>
internal sealed class BareClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    public void Dispose() => _http.Dispose();

    /// <summary>Reads a list's bytes to the end.</summary>
    /// <returns>How long it took, in milliseconds.</returns>
    public async Task<double> DrainAsync()
    {
        var buffer = new byte[64 * 1024];
        var watch = Stopwatch.StartNew();
        using var request = Create(HttpMethod.Get, "credential/list");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Check(response);
        await using var body = await response.Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) > 0)
        {
            // What it says is nobody's business here.
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>Revokes, never more than <paramref name="concurrency"/> at a time.</summary>
    /// <returns>How long it took, in milliseconds.</returns>
    public async Task<double> RevokeAsync(int count, int concurrency)
    {
        var next = -1;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(WorkAsync)));
        return watch.Elapsed.TotalMilliseconds;

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                using var request = Create(HttpMethod.Post, "credential/revoke");
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"credentialId\":\"" + Canned.Id(i) + "\"}"));
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                Check(response);
                await response.Content.CopyToAsync(Stream.Null);
            }
        }
    }

    private static void Check(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException("The server answered " + (int)response.StatusCode);
        }
    }

    private HttpRequestMessage Create(HttpMethod method, string endpoint)
    {
        var request = new HttpRequestMessage(method, address.TrimEnd('/') + "/api/v3/" + endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Canned.Token);
        return request;
    }
}
