using CsCheck;

namespace Cadenza.Client.Tests.Support;

/// <summary>Generates JSON of a list's element with a few random changes, most of which break it.</summary>
internal static class ChangedJson
{
    private static readonly string[] Insertions =
    [
        "", "", "\"", "\\", "{", "}", "[", "]", ",", ":", " ", "\n", "0", "1", "9", "-", ".", "e", "T", "Z", "@", "%40",
        "null", "true", "é", "\u0001", "\u007F", "\\u0041", "\"\"", ",\"venue\":\"IBKR\"", ",\"status\":null",
        ",\"other\":1", ",\"nickname\":\"\"", ",\"credentials\":[\"a\",\"\"]", "[[1],{}]", "-1", "00", "1.5",
    ];

    /// <summary>One of the elements with one to three changes.</summary>
    public static Gen<string> Of(params string[] elements) =>
        Gen.Select(
            Gen.Int[0, elements.Length - 1],
            Gen.Select(Gen.Double[0, 1], Gen.Int[0, 2], Gen.Int[0, Insertions.Length - 1]).Array[1, 3],
            (element, changes) => Change(elements[element], changes));

    private static string Change(string element, (double Place, int Removed, int Insertion)[] changes)
    {
        var json = new StringBuilder(element);
        foreach ((double place, int removed, int insertion) in changes)
        {
            int at = (int)(place * (json.Length - 1));
            json.Remove(at, Math.Min(removed, json.Length - at)).Insert(at, Insertions[insertion]);
        }

        return json.ToString();
    }
}
