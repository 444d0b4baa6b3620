using Cadenza.Client.Json;
using Cadenza.Client.Text;

namespace Cadenza.Client.Tests;

/// <summary>Secrets arrive as they were given and leave no copy behind.</summary>
public sealed class SecretBodyTests
{
    [Theory]
    [InlineData("plain-ASCII_0123")]
    [InlineData("quotes \" and 'these' and \\ and / \\\\\"")]
    [InlineData("tab\tline\nreturn\rnull\0bell\u0007del\u007f")]
    [InlineData("ümläut €漢字 \u202e rtl")]
    [InlineData("emoji 😀👩‍🚀")]
    [InlineData("<script>&amp;+%41{}[]:,")]
    [InlineData("  spaces around  ")]
    public async Task Keys_arrive_exactly_as_given(string secret)
    {
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));

        await server.Client.RotateCredentialAsync("a", TestClients.Keys(secret, secret + "2", secret + "3")).Bounded();

        using JsonDocument body = JsonDocument.Parse(server.Requests[0].Body);
        Assert.Equal(
            [("credentialId", "a"), ("apiKey", secret), ("apiSecret", secret + "2"), ("apiPassphrase", secret + "3")],
            body.RootElement.EnumerateObject().Select(static member => (member.Name, member.Value.GetString()!)));
        Assert.Equal("application/json; charset=utf-8", server.Requests[0].Header("Content-Type"));
    }

    [Fact]
    public async Task A_very_long_secret_arrives_whole()
    {
        string secret = string.Concat(Enumerable.Range(0, 20_000).Select(static i => i % 3 == 0 ? "\"" : "€"));
        await using var server = ScriptedServer.Answering(Answers.Json(Wire.Item(Wire.Credential("a"))));

        await server.Client.RotateCredentialAsync("a", TestClients.Keys(secret: secret)).Bounded();

        using JsonDocument body = JsonDocument.Parse(server.Requests[0].Body);
        Assert.Equal(secret, body.RootElement.GetProperty("apiSecret").GetString());
        Assert.False(body.RootElement.TryGetProperty("apiPassphrase", out _));
    }

    [Fact]
    public void A_body_is_zeroed_once_it_is_disposed()
    {
        byte[] bytes = "canary"u8.ToArray();
        var content = new SecretContent(bytes);

        content.Dispose();

        Assert.All(bytes, static b => Assert.Equal(0, b));
    }

    [Fact]
    public async Task Each_attempt_gets_a_body_of_its_own()
    {
        ApiRequest request = CredentialRequests.Rotate("a", TestClients.Keys(), RetryClass.Idempotent);
        using SecretContent first = request.CreateContent()!;
        string before = await first.ReadAsStringAsync();
        first.Dispose();

        using SecretContent second = request.CreateContent()!;

        Assert.Equal(before, await second.ReadAsStringAsync());
        Assert.Contains("new-api-secret", before, StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_that_grows_zeroes_what_it_leaves_and_what_it_ends_with()
    {
        var buffer = new ZeroingBuffer();
        var parts = new System.Collections.Generic.List<Memory<byte>>();
        for (int i = 0; i < 100; i++)
        {
            Memory<byte> memory = buffer.GetMemory(100);
            parts.Add(memory);
            memory.Span[..100].Fill(0xAA);
            buffer.Advance(100);
        }

        Assert.Equal(10_000, buffer.WrittenSpan.Length);
        Assert.Equal(-1, buffer.WrittenSpan.IndexOfAnyExcept((byte)0xAA));
        Assert.Equal(-1, parts[0].Span.IndexOfAnyExcept((byte)0));
        buffer.Dispose();
        Assert.All(parts, static part => Assert.Equal(-1, part.Span.IndexOfAnyExcept((byte)0)));
    }

    [Theory]
    [InlineData("canary-secret", "x canary-secret y canary-secret", "x *** y ***")]
    [InlineData("canary-secret", "CANARY-SECRET.example.com", "***.example.com")]
    [InlineData("abc", "abc", "abc")]
    [InlineData("münze", "die münze", "die ***")]
    [InlineData("aaaa", "aaaaaaaaa", "***a")]
    [InlineData("none-of-it", "text", "text")]
    public void Known_secrets_are_blotted_out_of_a_text(string secret, string text, string expected) =>
        Assert.Equal(expected, new SecretRedactor([SecretText.Wrap(secret)]).Redact(text));

    [Fact]
    public void A_secret_at_the_place_where_a_message_is_cut_leaves_no_half()
    {
        string words = new string('x', TextSanitizer.MaxMessageLength - 4) + "canary-secret";
        Assert.DoesNotContain(
            "can",
            new SecretRedactor([SecretText.Wrap("canary-secret")]).RedactMessage(words),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"apiKey":"canary","x":{"API_SECRET":["canary"],"Password":{"a":"canary"}},"refreshToken":null,"n":1.50}""",
        """{"apiKey":"***","x":{"API_SECRET":"***","Password":"***"},"refreshToken":"***","n":1.50}""")]
    [InlineData("[]", "[]")]
    [InlineData("", "(empty)")]
    [InlineData("canary", "(6 bytes that are not JSON)")]
    [InlineData("{\"x\":\"\\ud800\"}", "(14 bytes that are not JSON)")]
    public void A_body_for_debugging_has_its_secrets_masked(string body, string expected) =>
        Assert.Equal(expected, MaskedJson.Format(Encoding.UTF8.GetBytes(body), SecretRedactor.Plain));

    [Fact]
    public void A_long_body_for_debugging_is_cut() =>
        Assert.InRange(
            MaskedJson.Format(Encoding.UTF8.GetBytes($"[\"{new string('x', 100_000)}\"]"), SecretRedactor.Plain).Length,
            4096,
            4200);

    [Theory]
    [InlineData("tokenType", false)]
    [InlineData("AccessToken", true)]
    [InlineData("nickname", false)]
    [InlineData("PASSPHRASE", true)]
    [InlineData("private_key_pem", true)]
    public void A_secret_is_known_by_its_name(string name, bool isSecret) =>
        Assert.Equal(isSecret, SecretMask.IsSecretName(name));

    [Theory]
    [InlineData("ab", "ab", true)]
    [InlineData("ab", "aB", false)]
    [InlineData("ab", "abc", false)]
    [InlineData("", "", true)]
    public void Secrets_are_compared_by_their_characters(string left, string right, bool areEqual) =>
        Assert.Equal(areEqual, SecretText.AreEqual(SecretText.Wrap(left), SecretText.Wrap(right)));

    [Fact]
    public void A_set_of_keys_shows_nothing_of_them()
    {
        ApiKeySet keys = TestClients.Keys(Canary.Key, Canary.Secret, Canary.Passphrase);

        Canary.AssertNotIn(keys.ToString(), JsonSerializer.Serialize(keys));
    }
}
