using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>One element of a list, in every shape that a server may give it.</summary>
public sealed class CredentialReaderTests
{
    [Theory]
    [InlineData("""{"credentialId":"a","nickname":"n"}""", "n")]
    [InlineData("""{"credentialId":"a","name":"n"}""", "n")]
    [InlineData("""{"name":"page","credentialId":"a","nickname":"guide"}""", "guide")]
    [InlineData("""{"nickname":"guide","credentialId":"a","name":"page"}""", "guide")]
    [InlineData("""{"credentialId":"a","nickname":""}""", null)]
    [InlineData("""{"credentialId":"a","nickname":null}""", null)]
    [InlineData("""{"credentialId":"a"}""", null)]
    [InlineData("""{"credentialId":"a","nickname":"first","nickname":"last"}""", "last")]
    public void The_display_name_has_two_names(string json, string? nickname) =>
        Assert.Equal(nickname, Read(json).Nickname);

    [Theory]
    [InlineData("\"credentialType\":\"ZK_PROOF\"", "ZK_PROOF")]
    [InlineData("\"type\":\"EXCHANGE\"", "EXCHANGE")]
    [InlineData("\"credentialType\":null", null)]
    [InlineData("\"credentialType\":\"\"", null)]
    [InlineData("\"credentialType\":null,\"type\":\"EXCHANGE\"", "EXCHANGE")]
    public void The_type_is_kept_as_sent_and_is_null_where_there_is_none(string member, string? type) =>
        Assert.Equal(type, Read($$"""{"credentialId":"a",{{member}}}""").CredentialType);

    [Theory]
    [InlineData("QUARANTINED", "MOON_EXCHANGE")]
    [InlineData("verified", "okx")]
    [InlineData("何か", "Börse")]
    public void A_status_and_a_venue_never_seen_before_are_kept_as_sent(string status, string venue)
    {
        CadenzaCredential credential = Read($$"""{"credentialId":"a","status":"{{status}}","venue":"{{venue}}"}""");

        Assert.Equal((status, venue), (credential.Status, credential.Venue));
    }

    [Theory]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("42")]
    [InlineData("cred_01H:x/y+z=1~.@")]
    public void An_id_need_not_be_a_uuid(string id) =>
        Assert.Equal(id, Read($$"""{"credentialId":"{{id}}"}""").CredentialId);

    [Theory]
    [InlineData("{}", "it has no credentialId")]
    [InlineData("""{"credentialId":null}""", "it has no credentialId")]
    [InlineData("""{"credentialId":""}""", "its credentialId is empty")]
    [InlineData("""{"credentialId":"a b"}""", "its credentialId contains white space")]
    [InlineData("""{"credentialId":" a"}""", "its credentialId contains white space")]
    [InlineData(
        "{\"credentialId\":\"a\\u001b[2J\"}",
        "its credentialId contains a character that is not allowed in an id: U+FFFD")]
    [InlineData("{\"credentialId\":\"a\\ud800\"}", "credentialId is not valid Unicode")]
    [InlineData("""{"credentialId":7}""", "credentialId is a number, not a string")]
    [InlineData("""{"credentialId":"a","status":["x"]}""", "status is an array, not a string")]
    [InlineData("""{"credentialId":"a","identities":"spot"}""", "identities is a string, not an array")]
    [InlineData("""{"credentialId":"a","identities":[{}]}""", "identities is an object, not a string")]
    [InlineData("{\"credentialId\":\"a\",\"nickname\":\"\\udc00x\"}", "nickname is not valid Unicode")]
    [InlineData("null", "it is null, not an object")]
    [InlineData("17", "it is a number, not an object")]
    [InlineData("[]", "it is an array, not an object")]
    [InlineData("\"text\"", "it is a string, not an object")]
    public void What_is_no_credential_is_refused_with_the_reason(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<CredentialFormatException>(() => Read(json)).Message);

    [Theory]
    [InlineData("{\"credentialId\":\"a\",\"\\ud800\":1}")]
    [InlineData("{\"\\ud800\":1,\"credentialId\":\"a\"}")]
    [InlineData("{\"credentialId\":\"a\",\"status\\udfff\":1}")]
    [InlineData("{\"credentialId\":\"a\",\"more\":{\"x\\ud800y\":1}}")]
    [InlineData("{\"credentialId\":\"a\",\"more\":[\"\\ud800\"]}")]
    public void Half_a_surrogate_pair_anywhere_refuses_the_element_and_nothing_else_happens(string json) =>
        Assert.Throws<CredentialFormatException>(() => Read(json));

    [Fact]
    public void Bytes_that_are_no_utf8_refuse_the_element()
    {
        byte[] json = [.. "{\"credentialId\":\"a\",\"nickname\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        Assert.Throws<CredentialFormatException>(() => CredentialReader.Read(json, SecretRedactor.Plain));
    }

    [Fact]
    public void Unknown_members_are_kept_with_their_types_however_deep()
    {
        CadenzaCredential credential = Read(
            """
            {"credentialId":"a","rating":7,"share":0.25,"isHot":true,"none":null,"note":"hi",
             "limits":{"daily":{"usd":1000}},"tags":["x",2,null,[false]]}
            """);

        IReadOnlyDictionary<string, object?> more = credential.AdditionalProperties;
        string[] simple = ["rating", "share", "isHot", "none", "note"];
        Assert.Equal([7L, 0.25, true, null, "hi"], simple.Select(name => more[name]));
        var limits = Assert.IsType<Dictionary<string, object?>>(more["limits"]);
        Assert.Equal(1000L, Assert.IsType<Dictionary<string, object?>>(limits["daily"])["usd"]);
        Assert.Equal(["x", 2L, null, new List<object?> { false }], Assert.IsType<List<object?>>(more["tags"]));
        Assert.Equal(7, more.Count);
    }

    [Theory]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    [InlineData("1e999", "1e999")]
    [InlineData("-0.0", -0.0)]
    public void A_number_of_any_size_does_no_harm_to_an_unknown_member(string number, object expected) =>
        Assert.Equal(expected, Read($$"""{"credentialId":"a","x":{{number}}}""").AdditionalProperties["x"]);

    [Theory]
    [InlineData("apiSecret")]
    [InlineData("api_secret")]
    [InlineData("passphrase")]
    [InlineData("Password")]
    [InlineData("refreshToken")]
    [InlineData("privateKey")]
    [InlineData("api_key")]
    public void Unknown_members_that_look_like_secrets_are_masked(string name)
    {
        string list = $$$"""[{"{{{name}}}":{"x":"canary"}}]""";
        CadenzaCredential credential = Read(
            $$$"""{"credentialId":"a","{{{name}}}":"canary","more":{"{{{name}}}":["canary"],"list":{{{list}}}}}""");

        Assert.DoesNotContain("canary", JsonSerializer.Serialize(credential), StringComparison.Ordinal);
        Assert.Equal("***", credential.AdditionalProperties[name]);
    }

    [Fact]
    public void An_api_key_inside_an_unknown_member_is_masked() =>
        Assert.DoesNotContain(
            "canary",
            JsonSerializer.Serialize(Read("""{"credentialId":"a","keys":[{"apiKey":"canary"}]}""")),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("abc123***", "abc123***")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "abcd***")]
    [InlineData("abcdefgh", "ab***")]
    [InlineData("abc", "***")]
    [InlineData("", null)]
    public void The_api_key_is_masked_here_if_the_server_did_not(string sent, string? shown) =>
        Assert.Equal(shown, Read($$"""{"credentialId":"a","apiKey":"{{sent}}"}""").MaskedApiKey);

    [Theory]
    [InlineData("\\u001b[31mred", "\uFFFD[31mred")]
    [InlineData("\\u009b2J", "\uFFFD2J")]
    [InlineData("a\\r\\nb", "a\uFFFD\uFFFDb")]
    [InlineData("gnp\\u202eexe", "gnp\uFFFDexe")]
    [InlineData("\\u2066x\\u2069", "\uFFFDx\uFFFD")]
    [InlineData("a\\u0000b", "a\uFFFDb")]
    [InlineData("\\ud83d\\ude00 ok ü", "😀 ok ü")]
    public void A_nickname_is_cleaned_of_what_a_terminal_would_act_upon(string sent, string shown) =>
        Assert.Equal(shown, Read($$"""{"credentialId":"a","nickname":"{{sent}}"}""").Nickname);

    [Fact]
    public void Unknown_names_and_values_are_cleaned_too()
    {
        CadenzaCredential credential = Read("{\"credentialId\":\"a\",\"x\\u001b\":[\"\\u009b\"]}");

        Assert.Equal(["\uFFFD"], Assert.IsType<List<object?>>(credential.AdditionalProperties["x\uFFFD"]));
    }

    [Theory]
    [InlineData("pass-phrase-1")]
    [InlineData("pass\\u002dphrase-1")]
    [InlineData("pass-phrase")]
    public void An_id_is_never_masked_although_it_contains_a_secret(string sent)
    {
        using var redactor = new SecretRedactor([SecretText.Wrap("pass-phrase")]);
        byte[] json = Encoding.UTF8.GetBytes($$"""{"credentialId":"{{sent}}","nickname":"{{sent}}"}""");

        CadenzaCredential credential = CredentialReader.Read(json, redactor);

        Assert.Equal(sent.Replace("\\u002d", "-", StringComparison.Ordinal), credential.CredentialId);
        Assert.StartsWith("***", credential.Nickname, StringComparison.Ordinal);
    }

    private static CadenzaCredential Read(string json) =>
        CredentialReader.Read(Encoding.UTF8.GetBytes(json), SecretRedactor.Plain);
}
