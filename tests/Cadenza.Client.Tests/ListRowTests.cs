namespace Cadenza.Client.Tests;

/// <summary>A list in which something is odd costs what is odd, never the list.</summary>
public sealed class ListRowTests
{
    [Theory]
    [InlineData("null", "it is null, not an object")]
    [InlineData("5", "it is a number, not an object")]
    [InlineData("[[]]", "it is an array, not an object")]
    [InlineData("""{"venue":"OKX"}""", "it has no credentialId")]
    [InlineData("""{"credentialId":"a b"}""", "its credentialId contains white space")]
    [InlineData("""{"credentialId":"x","createdAt":"never"}""", "createdAt is not a time")]
    [InlineData("{\"credentialId\":\"x\",\"nickname\":\"\\ud800\"}", "nickname is not valid Unicode")]
    [InlineData("{\"credentialId\":\"x\",\"\\ud800\":1}", "not valid Unicode")]
    public async Task A_broken_row_is_one_error_with_its_position_and_the_others_come(string broken, string reason)
    {
        ListResult listing = await ListResult.FromAsync(
            Answers.Json(
                Wire.List(Wire.Credential("a"), Wire.Credential("b"), broken, Wire.Credential("d")),
                headers: "X-Request-Id: req-9"));

        listing.AssertComplete(["a", "b", "d"]);
        ApiException error = Assert.Single(listing.BadRows);
        Assert.Equal((3L, (int?)200, "req-9"), (error.Position, error.HttpStatus, error.RequestId));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(4, listing.Rows.Count);
    }

    [Fact]
    public async Task Positions_count_on_over_pages()
    {
        ListResult listing = await ListResult.FromAsync(
            Answers.Json(
                Wire.ListWith(""","pagination":{"hasNext":true,"cursor":"c1"}""", Wire.Credential("a"), "null")),
            Answers.Json(Wire.List(Wire.Credential("c"), "null")));

        Assert.Equal([2L, 4L], listing.BadRows.Select(static error => error.Position));
        Assert.Equal(["a", "c"], listing.Ids);
    }

    [Theory]
    [InlineData("""{"data":[ROW],"success":true,"errno":0,"error":null,"pagination":{"total":1}}""")]
    [InlineData("""{"pagination":{"total":1},"errno":0,"error":null,"success":true,"data":[ROW]}""")]
    [InlineData("""{"errno":0,"data":[ROW]}""")]
    [InlineData("""{"data":[ROW],"errno":0}""")]
    [InlineData("""{"data":[ROW],"success":true}""")]
    [InlineData("""{"data":[ROW],"errno":"0"}""")]
    [InlineData("""{"meta":{"data":[1,2]},"success":true,"data":[ROW],"details":null,"errno":0,"x":[{"data":7}]}""")]
    [InlineData("  \r\n{ \"data\" : [ ROW ] , \"success\" : true }\r\n ")]
    [InlineData("\uFEFF{\"data\":[ROW],\"success\":true}")]
    [InlineData("{\"d\\u0061ta\":[ROW],\"errn\\u006f\":0}")]
    public async Task The_envelopes_members_come_in_any_order_and_may_be_missing(string envelope)
    {
        string json = envelope.Replace("ROW", Wire.Credential("a"), StringComparison.Ordinal);

        Assert.Equal("a", (await ListResult.FromAsync(Answers.Json(json))).Single().CredentialId);
    }

    [Fact]
    public async Task An_empty_list_is_no_error()
    {
        ListResult listing = await ListResult.FromAsync(Answers.Json(Wire.List()));

        Assert.Null(listing.Failure);
        Assert.Empty(listing.Rows);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/html")]
    [InlineData(null)]
    public async Task The_content_type_makes_no_difference_to_the_right_json(string? type)
    {
        byte[] body = Encoding.UTF8.GetBytes(Wire.List(Wire.Credential("a")));

        Assert.Equal("a", (await ListResult.FromAsync(Answers.Bytes(body, 200, type))).Single().CredentialId);
    }

    [Fact]
    public async Task A_member_of_the_envelope_whose_name_is_not_unicode_does_no_harm()
    {
        ListResult listing = await ListResult.FromAsync(
            Answers.Json("{\"\\ud800\":1,\"data\":[" + Wire.Credential("a") + "],\"success\":true}"));

        listing.AssertComplete(["a"]);
    }
}
