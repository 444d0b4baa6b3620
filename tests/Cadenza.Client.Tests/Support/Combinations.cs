namespace Cadenza.Client.Tests.Support;

/// <summary>Rows of a theory: each of the first values with each of the second ones.</summary>
internal static class Combinations
{
    public static TheoryData<T1, T2> Of<T1, T2>(IEnumerable<T1> first, IEnumerable<T2> second)
    {
        var rows = new TheoryData<T1, T2>();
        foreach (T1 one in first)
        {
            foreach (T2 other in second)
            {
                rows.Add(one, other);
            }
        }

        return rows;
    }
}
