using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>
/// A list of many credentials says the same few words again and again: each is kept once, and none is ever another.
/// </summary>
public sealed class StringInternerTests
{
    [Fact]
    public async Task Credentials_of_one_list_share_their_words()
    {
        static string Row(string id) => Wire.Credential(id, more: ",\"identities\":[\"spot\",\"margin\"]");
        CadenzaCredential[] all = await ListAsync(Row("a"), Row("b"));

        Assert.Equal(("OKX", "EXCHANGE", "VERIFIED"), (all[1].Venue, all[1].CredentialType, all[1].Status));
        Assert.Equal(["spot", "margin"], all[1].Identities);
        Assert.Same(all[0].Venue, all[1].Venue);
        Assert.Same(all[0].CredentialType, all[1].CredentialType);
        Assert.Same(all[0].Status, all[1].Status);
        Assert.Same(all[0].Identities, all[1].Identities);
    }

    [Fact]
    public async Task A_word_means_the_same_in_every_spelling()
    {
        string[] spellings =
        [
            "VERIFIED", "VERIF\\u0049ED", "\\u0056ERIFIED", "VERIFIED", "VERIF\\u0049ED", "verified", "VERIFIED ",
        ];
        CadenzaCredential[] all = await ListAsync([
            .. spellings.Select(static (word, i) => $$"""{"credentialId":"{{i}}","status":"{{word}}"}"""),
        ]);

        Assert.Equal(
            ["VERIFIED", "VERIFIED", "VERIFIED", "VERIFIED", "VERIFIED", "verified", "VERIFIED "],
            all.Select(static c => c.Status));
    }

    [Fact]
    public async Task Null_empty_and_long_words_are_what_they_were()
    {
        string longWord = new('W', 5000);
        CadenzaCredential[] all = await ListAsync(
            """{"credentialId":"a","venue":"","status":null,"type":"T","identities":null}""",
            $$"""{"credentialId":"b","venue":"{{longWord}}","identities":[]}""",
            $$"""{"credentialId":"c","venue":"{{longWord}}","identities":["{{longWord}}",null,"x"]}""",
            """{"credentialId":"d","venue":"","identities":[ "x" ]}""");

        Assert.Equal([null, longWord, longWord, null], all.Select(static c => c.Venue));
        Assert.Equal(("T", null), (all[0].CredentialType, all[0].Status));
        Assert.Equal([[], [], [longWord, "x"], ["x"]], all.Select(static c => c.Identities));
    }

    [Fact]
    public async Task Thousands_of_different_words_that_push_each_other_out_are_all_read_right()
    {
        string[] words =
        [
            .. Enumerable
                .Range(0, 3000)
                .Select(static i =>
                    new string((char)('A' + (i % 26)), i % 20) + (i / 7).ToString(CultureInfo.InvariantCulture)),
        ];
        CadenzaCredential[] all = await ListAsync([
            .. words.Select(
                static (word, i) =>
                    $$"""{"credentialId":"{{i}}","venue":"{{word}}","status":"{{word}}","type":"T{{word}}","identities":["{{word}}","x"]}"""
            ),
        ]);

        Assert.Equal(words, all.Select(static c => c.Venue));
        Assert.Equal(words, all.Select(static c => c.Status));
        Assert.Equal(words.Select(static word => "T" + word), all.Select(static c => c.CredentialType));
        Assert.Equal(words, all.Select(static c => c.Identities[0]));
    }

    [Fact]
    public void A_pool_remembers_a_bounded_number_of_words_and_no_long_ones()
    {
        var pool = new StringInterner<string>();
        byte[][] words = [.. Enumerable.Range(0, 20_000).Select(static i => Encoding.UTF8.GetBytes($"word {i}"))];
        foreach (byte[] word in words)
        {
            string text = Encoding.UTF8.GetString(word);
            Assert.Equal(text, pool.Find(word) ?? pool.Add(word, text));
            Assert.Equal(text, pool.Find(word));
        }

        Assert.InRange(words.Count(word => pool.Find(word) is not null), 1, 256);
        Assert.All(
            words.Where(word => pool.Find(word) is not null),
            word => Assert.Equal(Encoding.UTF8.GetString(word), pool.Find(word)));

        byte[] tooLong = new byte[StringInterner<string>.MaxLength + 1];
        Assert.Equal("long", pool.Add(tooLong, "long"));
        Assert.Null(pool.Find(tooLong));
        Assert.Null(pool.Find([]));
        Assert.Equal("", pool.Add([], ""));
        Assert.Equal("", pool.Find([]));
    }

    [Fact]
    public void The_usual_words_have_a_place_each()
    {
        var pool = new StringInterner<string>();
        string[] words =
        [
            "BINANCE", "OKX", "BYBIT", "KRAKEN", "DERIBIT", "OKX_UAT", "BINANCE_UAT", "EXCHANGE", "API_KEY", "BROKER",
            "HMAC", "PENDING", "VERIFIED", "FAILED", "REVOKED", "ACTIVE", "CREATED", "EXPIRED", "VALIDATED",
            "INACTIVE", "ERROR", "UNKNOWN",
        ];
        Array.ForEach(words, word => pool.Add(Encoding.UTF8.GetBytes(word), word));

        // A collision costs time only; too many of them would cost what the pool is there for.
        Assert.InRange(
            words.Count(word => pool.Find(Encoding.UTF8.GetBytes(word)) is not null),
            words.Length - 2,
            words.Length);
    }

    [Fact]
    public async Task Our_own_secrets_are_masked_in_shared_words_too()
    {
        string token = Canary.Token;
        string escaped = token.Replace("/", "\\/", StringComparison.Ordinal);
        string Row(string id) =>
            $$"""{"credentialId":"{{id}}","venue":"at {{token}}","status":"{{escaped}}","identities":["{{token}}"]}""";
        using CadenzaClient client = new InMemoryServer(Wire.List(Row("a"), Row("b"))).CreateClient(token);

        ListResult result = await ListResult.OfAsync(client);

        Assert.All(result.Credentials, static c => Canary.AssertNotIn(c.Venue, c.Status, c.Identities[0]));
        Assert.Equal(
            [("at ***", "***", "***"), ("at ***", "***", "***")],
            result.Credentials.Select(static c => (c.Venue!, c.Status!, c.Identities[0])));
    }

    [Fact]
    public async Task A_word_that_is_not_valid_is_an_error_each_time_it_comes()
    {
        const string Bad = """{"credentialId":"x","status":"\ud800"}""";
        ListResult result = await ListResult.FromAsync(
            Answers.Json(Wire.List(Wire.Credential("a"), Bad, Bad, Wire.Credential("b"))));

        Assert.Equal(["a", "b"], result.Ids);
        Assert.Equal(2, result.BadRows.Count);
    }

    private static async Task<CadenzaCredential[]> ListAsync(params string[] rows)
    {
        using CadenzaClient client = new InMemoryServer(Wire.List(rows)).CreateClient();
        ListResult result = await ListResult.OfAsync(client);
        Assert.Null(result.Failure);
        Assert.Equal(rows.Length, result.Rows.Count);
        return [.. result.Credentials];
    }
}
