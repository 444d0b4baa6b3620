using System.Net.Http.Headers;

namespace Cadenza.Sandbox.Tests.Support;

/// <summary>A response whose body was read.</summary>
internal sealed class Response
{
    private Response(HttpResponseMessage response, string text)
    {
        Status = (int)response.StatusCode;
        Text = text;
        RetryAfter = Header(response, "Retry-After");
        Date = Header(response, "Date");
        ProxyAuthenticate = Header(response, "Proxy-Authenticate");
        Json = text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
    }

    public int Status { get; }

    public string Text { get; }

    public string? RetryAfter { get; }

    public string? Date { get; }

    public string? ProxyAuthenticate { get; }

    public JsonElement Json { get; }

    public JsonElement Data => Json.GetProperty("data");

    public int Errno => Json.GetProperty("errno").GetInt32();

    public string? Error => Json.GetProperty("error").GetString();

    public string? DataText(string member) => Data.GetProperty(member).GetString();

    public static async Task<Response> ReadAsync(Task<HttpResponseMessage> request)
    {
        using HttpResponseMessage response = await request;
        return new Response(response, await response.Content.ReadAsStringAsync());
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.Single() : null;
}
