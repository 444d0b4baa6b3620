using Cadenza.Client.Tests.Reliability;
using static Cadenza.Client.Tests.Support.ElementReading;

namespace Cadenza.Client.Tests;

/// <summary>Random bytes are read as by System.Text.Json.</summary>
public sealed class ElementFuzzTests
{
    /// <summary>
    /// The same bytes are refused, and the same elements found, as by System.Text.Json's own document.
    /// </summary>
    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
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
            "{", "}", "[", "]", ":", ",", "\"", "\\", "null", "1", " ", "\"data\":[", "\\\"", "{}", "\"a\":",
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
}
