using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>
/// Plain rows of a list are read by a parser of their own. Its result is that of the general parser, which reads single
/// credentials.
/// </summary>
public sealed class PlainCredentialTests
{
    private const string Guide =
        """{"credentialId":"550e8400-e29b-41d4-a716-446655440000","venue":"OKX","credentialType":"EXCHANGE","nickname":"desk 7","status":"VERIFIED","identities":["spot","margin"],"createdAt":1704067200000,"updatedAt":1893456000000}""";

    private const string Page =
        """{"credentialId":"550e8400-e29b-41d4-a716-446655440001","userId":"u-1","venue":"BYBIT","type":"EXCHANGE","name":"a","status":"ACTIVE","apiKey":"abc123***","createdAt":0,"updatedAt":99999999999999,"revokedAt":1}""";

    private const string OpenApi =
        """{"credentialId":"x","venue":"OKX","credentialType":"HMAC","nickname":"n","status":"ERROR","createdAt":1,"createdAtDateTime":"2024-02-29T23:59:59.999Z","updatedAtDateTime":"2026-03-01T12:00:00Z","revokedAtDateTime":"0001-01-01T00:00:00.000Z"}""";

    public static TheoryData<string> Rows =>
    [
        Guide, Page, OpenApi,
        """{"credentialId":"x"}""", """{"credentialId":""}""", """{"credentialId":"a b"}""", """{"credentialId":"..."}""",
        """{"credentialId":"a","credentialId":"b"}""", """{"nickname":"no id"}""", "{}", "{ }", "[]", "7", "\"x\"",
        """["credentialId":"x"}""",
        """{"credentialId":"x","createdAt":00}""", """{"credentialId":"x","createdAt":01}""",
        """{"credentialId":"x","createdAt":-1}""", """{"credentialId":"x","createdAt":1.5}""",
        """{"credentialId":"x","createdAt":1e3}""", """{"credentialId":"x","createdAt":253402300799999}""",
        """{"credentialId":"x","createdAt":253402300800000}""", """{"credentialId":"x","createdAt":"1704067200000"}""",
        """{"credentialId":"x","createdAtDateTime":"2023-02-29T00:00:00Z"}""",
        """{"credentialId":"x","createdAtDateTime":"2024-01-01T24:00:00Z"}""",
        """{"credentialId":"x","createdAtDateTime":"2024-01-01T23:59:60Z"}""",
        """{"credentialId":"x","createdAtDateTime":"0000-01-01T00:00:00Z"}""",
        """{"credentialId":"x","createdAtDateTime":"2024-01-01T00:00:00+02:00"}""",
        """{"credentialId":"x","createdAtDateTime":""}""", """{"credentialId":"x","createdAtDateTime":17}""",
        """{"credentialId":"x","venue":"","status":"","nickname":"","credentialType":"","apiKey":"","userId":""}""",
        """{"credentialId":"x","nickname":"https://user:pass@host/"}""", """{"credentialId":"x","nickname":"a%40b"}""",
        """{"credentialId":"x","nickname":"https://user:pass%40host/"}""", """{"credentialId":"x","nickname":"a\tb"}""",
        """{"credentialId":"x","identities":[]}""", """{"credentialId":"x","identities":["a]b","c"]}""",
        """{"credentialId":"x","identities":["spot","margin"]}""", """{"credentialId":"x","identities":null}""",
        """{"credentialId":"x","secret":"s","apiSecret":"s"}""", """{"credentialId":"x","venue":7}""",
        """{"credentialId":"x","venue":["OKX"]}""", """{"credentialId":"x","createdAt":[1]}""",
        """{"credentialId":"x","nickname":"token-token-token-token"}""", """{"credentialId":"x"} ""","""{"credentialId":"x",}""",
    ];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_a_list_is_read_as_a_single_credential_is(string row) => Parsers.AssertSame(row);

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void A_row_with_random_changes_is_read_as_a_single_credential_is() =>
        Parsers.AssertSameWithChanges(Guide, Page, OpenApi);

    [Fact]
    public void A_secret_in_a_plain_row_is_masked()
    {
        using var redactor = new SecretRedactor([SecretText.Wrap("abcdefgh-ijklmnop-12345")]);
        byte[] json = Encoding.UTF8.GetBytes("""{"credentialId":"x","nickname":"say abcdefgh-ijklmnop-12345"}""");

        var interned = new InternedValues(shortList: 0);
        interned.CountRow();
        var parser = CredentialParser.Read(json, redactor, interned);
        Assert.Equal("say ***", parser.Build().Nickname);
    }

    private static readonly ParserComparison Parsers = new(static (json, redactor, interned) =>
    {
        var parser = CredentialParser.Read(json, redactor, interned);
        CadenzaCredential credential = parser.Build();
        return
        [
            credential.CredentialId, credential.Nickname, credential.Venue, credential.CredentialType,
            credential.Status, credential.Identities.ToArray(), credential.MaskedApiKey, credential.UserId,
            credential.CreatedAt, credential.UpdatedAt, credential.RevokedAt,
            credential.AdditionalProperties.OrderBy(static p => p.Key, StringComparer.Ordinal)
                .Select(static p => new KeyValuePair<string, string?>(p.Key, p.Value?.ToString())),
            parser.HasPageNames, parser.HasCommonNames, Encoding.UTF8.GetString(parser.RawId),
        ];
    });
}
