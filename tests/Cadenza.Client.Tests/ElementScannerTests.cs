using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Json;
using Cadenza.Client.Security;
using Cadenza.Client.Tests.Reliability;
using Cadenza.Client.Tests.Support;
using Xunit;

namespace Cadenza.Client.Tests;

/// <summary>The elements of a list are cut out without being read: no byte of JSON may lead the knife astray.</summary>
public sealed class ElementScannerTests
{
    private static readonly string[] Tricky =
    [
        """{"a":"}"}""",
        """{"a":"]}{["}""",
        """{"a":"\""}""",
        """{"a":"\\"}""",
        """{"a":"\\\"}"}""",
        """{"a":"\\\\","b":"\\\\\""}""",
        """{"a":"\u0022}","b":"\u005c"}""",
        """{"}":"{","\"":"]"}""",
        """{"a":[[{"b":["}"]}],{}],"c":{"d":{"e":[]}}}""",
        "{ \t\r\n\"a\" \r\n:\t[ 1 , { } ]\n}",
        "{}",
        """{"a":"ü😀\ud83d\ude00"}""",
    ];

    [Fact]
    public void The_end_of_an_object_is_found_whatever_its_strings_hold_and_not_before_it_is_there()
    {
        foreach (string json in Tricky)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(json);
            byte[] followed = Encoding.UTF8.GetBytes(json + ",{\"x\":\"}\"}]}");
            Assert.Equal(bytes.Length, ElementScanner.FindObjectEnd(followed));
            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.Equal(-1, ElementScanner.FindObjectEnd(followed.AsSpan(0, length)));
            }
        }
    }

    [Fact]
    public async Task Elements_come_out_whole_wherever_the_chunks_end()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Wire.List(Tricky));
        for (int at = 1; at < bytes.Length; at++)
        {
            using var reader = new EnvelopeReader(
                new PartsStream(bytes[..at], bytes[at..]),
                EnvelopeLimits.Default,
                SecretRedactor.Plain);
            var elements = new List<string>();
            while (await reader.MoveNextAsync(CancellationToken.None))
            {
                elements.Add(Encoding.UTF8.GetString(reader.Current));
            }

            Assert.Equal(Tricky, elements);
            Assert.True(reader.Envelope.IsSuccess);
        }
    }

    [Theory]
    [InlineData("[,]")]
    [InlineData("[{},]")]
    [InlineData("[{},,{}]")]
    [InlineData("[,{}]")]
    [InlineData("[{} {}]")]
    [InlineData("[{}{}]")]
    [InlineData("[{}1]")]
    [InlineData("[1 2]")]
    [InlineData("[1,]")]
    [InlineData("[{}:{}]")]
    [InlineData("[{}x]")]
    [InlineData("[x]")]
    [InlineData("[{}/**/]")]
    [InlineData("[//\n{}]")]
    [InlineData("[\"a\"\"b\"]")]
    [InlineData("[truefalse]")]
    [InlineData("[true1]")]
    [InlineData("[nul]")]
    [InlineData("[01]")]
    [InlineData("[-]")]
    [InlineData("[{}\u00a0,{}]")]
    [InlineData("[{}\f,{}]")]
    [InlineData("[{}}")]
    [InlineData("[}")]
    [InlineData("[[}]")]
    [InlineData("[[1,]]")]
    public async Task What_stands_between_elements_is_read_strictly(string data)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($$"""{"data":{{data}},"success":true,"errno":0}""");

        Assert.Null(ReadByDocument(bytes));
        Assert.Null(await ReadByEnvelopeAsync(bytes, size: bytes.Length));
        Assert.Null(await ReadByEnvelopeAsync(bytes, size: 1));
        Assert.Null(ReadWhole(bytes));
    }

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
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            TestClients.Options(server.BaseAddress, retries: 1),
            SecretText.Wrap(TestClients.Token));

        ListResult whole = await ListResult.OfAsync(client);

        Assert.Null(whole.Failure);
        Assert.Equal(["a", "b"], whole.Ids);
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
    public async Task White_space_may_stand_wherever_JSON_allows_it()
    {
        const string Space = " \t\r\n";
        string json =
            $"{Space}{{{Space}\"data\"{Space}:{Space}[{Space}{{}}{Space},{Space}7{Space},{Space}[{Space}]{Space}]{Space},{Space}\"success\"{Space}:{Space}true{Space}}}{Space}";
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        foreach (int size in new[] { 1, 2, 3, bytes.Length })
        {
            Assert.Equal(ReadByDocument(bytes)!, await ReadByEnvelopeAsync(bytes, size));
        }
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

        Assert.Null(result.Failure);
        Assert.Equal(["a", "c"], result.Ids);
        Assert.Equal(
            "Element 2 of the list cannot be read: venue is a number, not a string.",
            Assert.Single(result.BadRows).Message);
    }

    /// <summary>
    /// The same bytes are refused, and the same elements found, as by System.Text.Json's own document.
    /// </summary>
    [Fact]
    public async Task Bytes_mean_the_same_as_to_a_JSON_document()
    {
        var random = new Prng(20261122);
        int accepted = 0;
        int refused = 0;
        for (int round = 0; round < 30_000; round++)
        {
            byte[] bytes = random.Next(6) == 0 ? MakeList(random) : Mutate(MakeList(random), random);
            int size = random.Next(3) == 0 ? bytes.Length + 1 : 1 + random.Next(40);
            List<string>? expected = ReadByDocument(bytes);
            List<string>? found = await ReadByEnvelopeAsync(bytes, size);
            if (expected is null ? found is not null : found is null || !expected.SequenceEqual(found))
            {
                Assert.Fail(
                    $"Round {round}: {Encoding.UTF8.GetString(bytes)}\n  document: {Show(expected)}\n  reader: {Show(found)}"
                );
            }

            Assert.Equal(found is null, ReadWhole(bytes) is null);
            (accepted, refused) = (accepted + (found is null ? 0 : 1), refused + (found is null ? 1 : 0));
        }

        Assert.InRange(accepted, 5_000, 25_000);
        Assert.InRange(refused, 5_000, 25_000);
    }

    private static string Show(List<string>? elements) =>
        elements is null ? "refused" : $"{elements.Count}: {string.Join(" | ", elements)}";

    /// <summary>The elements by System.Text.Json; null where it refuses the body.</summary>
    private static List<string>? ReadByDocument(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var elements = new List<string>();
            foreach (
                JsonProperty member in document
                    .RootElement.EnumerateObject()
                    .Where(static member => member.NameEquals("data"u8)))
            {
                elements.AddRange(
                    member.Value.ValueKind switch
                    {
                        JsonValueKind.Array => member.Value.EnumerateArray().Select(Raw),
                        JsonValueKind.Object => [Raw(member.Value)],
                        _ => [],
                    });
            }

            return elements;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Byte for byte: a mutation may have broken a character.</summary>
    private static string Raw(JsonElement element) => Encoding.Latin1.GetString(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>
    /// The elements of a body that arrives in chunks, each read to its end as whoever lists does; null where it is
    /// refused.
    /// </summary>
    private static async Task<List<string>?> ReadByEnvelopeAsync(byte[] bytes, int size)
    {
        using var reader = new EnvelopeReader(
            new PartsStream([.. bytes.Chunk(size)]),
            EnvelopeLimits.Default,
            SecretRedactor.Plain);
        var elements = new List<string>();
        try
        {
            while (await reader.MoveNextAsync(CancellationToken.None))
            {
                ReadToEnd(reader.Current);
                elements.Add(Encoding.Latin1.GetString(reader.Current));
            }

            return elements;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void ReadToEnd(ReadOnlySpan<byte> element)
    {
        var reader = new Utf8JsonReader(element);
        while (reader.Read())
        {
            // On to the end.
        }
    }

    private static List<string>? ReadWhole(byte[] bytes)
    {
        using var reader = new EnvelopeReader(bytes, EnvelopeLimits.Default, SecretRedactor.Plain);
        var elements = new List<string>();
        try
        {
            while (reader.MoveNext())
            {
                elements.Add(Encoding.Latin1.GetString(reader.Current));
            }

            return elements;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] MakeList(Prng random)
    {
        string[] elements =
        [
            .. Enumerable
                .Range(0, random.Next(5))
                .Select(_ =>
                    random.Next(3) switch
                    {
                        0 => random.Pick(Tricky),
                        1 => Wire.Credential("id " + random.Next(10)),
                        _ => random.Pick(["null", "-1.5e3", "true", "\"t\\\"]\"", "[[],{\"a\":[]}]", "0"]),
                    }),
        ];
        string space = random.Pick(["", "", " ", "\r\n\t"]);
        string list = $"\"data\"{space}:{space}[{space}{string.Join(space + "," + space, elements)}{space}]";
        const string Rest = "\"success\":true,\"errno\":0";
        return Encoding.UTF8.GetBytes(random.Next(2) == 0 ? $"{{{list}{space},{Rest}}}" : $"{{{Rest},{list}}}{space}");
    }

    private static byte[] Mutate(byte[] body, Prng random)
    {
        string[] tokens =
        [
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "null",
            "1",
            " ",
            "\"data\":[",
            "\\\"",
            "{}",
            "\"a\":",
        ];
        List<byte> bytes = [.. body];
        for (int n = random.Next(3); n >= 0; n--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(128);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + random.Next(9), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.Next(20), bytes.Count - at)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Pick(tokens)));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Gives a body out in just these parts.</summary>
    private sealed class PartsStream(params byte[][] parts) : MemoryStream
    {
        private readonly Queue<byte[]> _parts = new(parts);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));

        public override Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

        public override int Read(Span<byte> buffer)
        {
            if (!_parts.TryDequeue(out byte[]? part))
            {
                return 0;
            }

            int count = Math.Min(part.Length, buffer.Length);
            part.AsSpan(0, count).CopyTo(buffer);
            if (count < part.Length)
            {
                byte[][] rest = [part[count..], .. _parts];
                _parts.Clear();
                Array.ForEach(rest, _parts.Enqueue);
            }

            return count;
        }
    }
}
