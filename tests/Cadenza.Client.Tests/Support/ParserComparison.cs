using Cadenza.Client.Json;
using CsCheck;

namespace Cadenza.Client.Tests.Support;

/// <summary>Compares the parser of the rows of a list with the general parser.</summary>
/// <param name="describe">Reads an element, with the values of a list or, for null, by the general parser.</param>
internal sealed class ParserComparison(Func<byte[], SecretRedactor, InternedValues?, object?[]> describe)
{
    /// <summary>Compares twice, because interned values are read in another way the second time.</summary>
    /// <returns>Whether the element is valid.</returns>
    public bool AssertSame(string element)
    {
        byte[] json = Encoding.UTF8.GetBytes(element);
        var interned = new InternedValues(shortList: 0);
        interned.CountRow();
        string expected = Describe(json, null);
        Assert.Equal(expected, Describe(json, interned));
        Assert.Equal(expected, Describe(json, interned));
        return expected.StartsWith('[');
    }

    /// <summary>Compares random changes of the elements, of which some are valid and some are not.</summary>
    public void AssertSameWithChanges(params string[] elements)
    {
        int valid = 0, invalid = 0;
        ChangedJson.Of(elements).Sample(
            json =>
            {
                // The reader of a list passes on complete elements only.
                if (ElementScanner.FindObjectEnd(Encoding.UTF8.GetBytes(json)) == Encoding.UTF8.GetByteCount(json))
                {
                    Interlocked.Increment(ref AssertSame(json) ? ref valid : ref invalid);
                }
            },
            iter: ScheduleCount.Scale(100_000));

        Assert.True(valid > 100 && invalid > 100, "The elements are not a mixture.");
    }

    private string Describe(byte[] json, InternedValues? interned)
    {
        using var redactor = new SecretRedactor([SecretText.Wrap("token-token-token-token")]);
        try
        {
            return JsonSerializer.Serialize(describe(json, redactor, interned));
        }
        catch (Exception exception) when (exception is CredentialFormatException or JsonException)
        {
            return exception.GetType().Name + (exception is CredentialFormatException ? ": " + exception.Message : "");
        }
    }
}
