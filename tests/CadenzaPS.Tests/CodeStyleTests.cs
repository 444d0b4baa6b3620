namespace CadenzaPS.Tests;

/// <summary>House rules that no analyzer checks.</summary>
public sealed class CodeStyleTests
{
    private const int MaxLineLength = 120;

    public static TheoryData<string> Folders => ["src", "tests", "docs"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_line_of_code_is_longer_than_120_characters(string folder)
    {
        string[] files = [.. Repository.FindSources(folder)];
        string[] found = [.. files.SelectMany(FindLongLines)];

        Assert.NotEmpty(files);
        Assert.True(found.Length == 0, string.Join(Environment.NewLine, found));
    }

    /// <summary>Data may be longer: the lines of a raw string, and lines that only contain a string.</summary>
    private static IEnumerable<string> FindLongLines(string file)
    {
        bool isInRawString = false;
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            bool isData = isInRawString || line.TrimStart().TrimStart('$', '@').StartsWith('"');
            if (line.Length > MaxLineLength && !isData)
            {
                yield return $"{Path.GetRelativePath(Repository.Root, file)}({number}): {line.Length} characters";
            }

            isInRawString ^= (line.Split("\"\"\"").Length - 1) % 2 == 1;
        }
    }
}
