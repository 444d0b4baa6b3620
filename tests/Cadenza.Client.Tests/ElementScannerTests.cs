using Cadenza.Client.Json;
using static Cadenza.Client.Tests.Support.ElementReading;

namespace Cadenza.Client.Tests;

/// <summary>The elements of a list are found without being parsed.</summary>
public sealed class ElementScannerTests
{
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

            Assert.Equal(Tricky, await reader.ReadToEndAsync());
            Assert.True(reader.Envelope.IsSuccess);
        }
    }

    public static TheoryData<string> InvalidLists =>
    [
        "[,]", "[{},]", "[{},,{}]", "[,{}]", "[{} {}]", "[{}{}]", "[{}1]", "[1 2]", "[1,]", "[{}:{}]", "[{}x]", "[x]",
        "[{}/**/]", "[//\n{}]", "[\"a\"\"b\"]", "[truefalse]", "[true1]", "[nul]", "[01]", "[-]", "[{}\u00a0,{}]",
        "[{}\f,{}]", "[{}}", "[}", "[[}]", "[[1,]]",
    ];

    [Theory]
    [MemberData(nameof(InvalidLists))]
    public async Task What_stands_between_elements_is_read_strictly(string data)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($$"""{"data":{{data}},"success":true,"errno":0}""");

        Assert.Null(ReadByDocument(bytes));
        Assert.Null(await ReadByEnvelopeAsync(bytes, size: bytes.Length));
        Assert.Null(await ReadByEnvelopeAsync(bytes, size: 1));
        Assert.Null(ReadWhole(bytes));
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
}
