using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>A list with an element that is broken, too large, or nested too deeply.</summary>
public sealed class BrokenElementTests
{
    [Theory]
    [InlineData("""{"credentialId":"a","x":[1}}""")]
    [InlineData("""{"credentialId":"a","x":{]}""")]
    [InlineData("""{"credentialId":"a",}""")]
    [InlineData("""{"credentialId" "a"}""")]
    [InlineData("""{"credentialId":"a"]""")]
    [InlineData("""{credentialId:"a"}""")]
    [InlineData("{\"credentialId\":\"a\tb\"}")]
    [InlineData("""{"credentialId":"a","x":"\q"}""")]
    public async Task A_broken_element_fails_a_list_at_its_beginning_and_cuts_it_off_later_on(string broken)
    {
        await using var server = ScriptedServer.Answering(
            Answers.Json(Wire.List(broken, Wire.Credential("b"))),
            Answers.Json(Wire.List(Wire.Credential("a"), Wire.Credential("b"))));
        using CadenzaClient client = TestClients.Create(server, retries: 1);

        ListResult whole = await ListResult.OfAsync(client);

        whole.AssertComplete(["a", "b"]);
        Assert.Equal(2, server.Requests.Count);

        ListResult part = await ListResult.FromAsync(
            Answers.Json(Wire.List(Wire.Credential("a"), broken, Wire.Credential("b"))));
        Assert.Equal(["a"], part.Rows.Select(static row => row.Credential?.CredentialId));
        Assert.Equal(CadenzaErrorKind.BadResponse, part.Failure?.Kind);
        Assert.Contains(
            "ended after 1 credential: the JSON is invalid or truncated",
            part.Failure!.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_object_beyond_the_limit_is_refused_even_if_it_never_ends()
    {
        var limits = new EnvelopeLimits(MaxBodyBytes: 1 << 24, MaxElementBytes: 64 << 10, MaxDepth: 64);
        string json = """{"data":[{"credentialId":"a"},{"x":""" + '"' + new string('x', 300_000);
        using var reader = new EnvelopeReader(
            new PartsStream(Encoding.UTF8.GetBytes(json)),
            limits,
            SecretRedactor.Plain);

        Assert.True(await reader.MoveNextAsync(CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await reader.MoveNextAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"credentialId":"a","x":""")]
    [InlineData("")]
    public async Task An_element_that_is_nested_too_deeply_fails_the_list_and_is_no_crash(string before)
    {
        string deep = before + new string('[', 100_000) + new string(']', 100_000) + (before.Length > 0 ? "}" : "");

        ListResult result = await ListResult.FromAsync(Answers.Json(Wire.List(Wire.Credential("a"), deep)));

        Assert.Equal(["a"], result.Ids);
        Assert.Contains("ended after 1 credential", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_element_that_is_refused_at_a_member_is_one_bad_row_whatever_stands_behind_it()
    {
        ListResult result = await ListResult.FromAsync(
            Answers.Json(
                Wire.List(Wire.Credential("a"), """{"credentialId":"b","venue":7,"x":[}]""", Wire.Credential("c"))));

        result.AssertComplete(["a", "c"]);
        Assert.Equal(
            "Element 2 of the list cannot be read: venue is a number, not a string.",
            Assert.Single(result.BadRows).Message);
    }
}
