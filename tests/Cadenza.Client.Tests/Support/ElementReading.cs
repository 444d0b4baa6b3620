using Cadenza.Client.Json;

namespace Cadenza.Client.Tests.Support;

/// <summary>The elements of a list as three readers find them.</summary>
internal static class ElementReading
{
    /// <summary>Objects whose ends are hard to find.</summary>
    public static readonly string[] Tricky =
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

    /// <summary>The elements by System.Text.Json; null where it refuses the body.</summary>
    public static List<string>? ReadByDocument(byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? ReadMembers(bytes) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> ReadMembers(byte[] bytes)
    {
        var elements = new List<string>();
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isData = reader.ValueTextEquals("data"u8);
            reader.Read();
            if (isData && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements.Add(ReadRaw(bytes, ref reader));
                }
            }
            else if (isData && reader.TokenType == JsonTokenType.StartObject)
            {
                elements.Add(ReadRaw(bytes, ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return elements;
    }

    /// <summary>Byte for byte: a mutation may have broken a character.</summary>
    private static string ReadRaw(byte[] bytes, ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Encoding.Latin1.GetString(bytes, start, (int)reader.BytesConsumed - start);
    }

    /// <summary>
    /// The elements of a body that arrives in chunks, each of which is read to its end; null where it is refused.
    /// </summary>
    public static async Task<List<string>?> ReadByEnvelopeAsync(byte[] bytes, int size)
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
            // Only an error is of interest.
        }
    }

    /// <summary>The elements of a body that is complete; null where it is refused.</summary>
    public static List<string>? ReadWhole(byte[] bytes)
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
}
