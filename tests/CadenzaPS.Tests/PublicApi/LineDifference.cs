namespace CadenzaPS.Tests.PublicApi;

/// <summary>The lines that differ between two texts: "- " for a removed line, "+ " for an added one.</summary>
internal static class LineDifference
{
    /// <summary>Compares by the longest common subsequence.</summary>
    public static IEnumerable<string> Compare(string[] before, string[] after)
    {
        int[,] common = MeasureCommonLines(before, after);
        int i = 0;
        int j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                i++;
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return "- " + before[i++];
            }
            else
            {
                yield return "+ " + after[j++];
            }
        }
    }

    /// <summary>
    /// Element [i, j] is the number of common lines from line i of the first text and line j of the second text on.
    /// </summary>
    private static int[,] MeasureCommonLines(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
