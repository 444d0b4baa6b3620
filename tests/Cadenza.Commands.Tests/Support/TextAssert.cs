namespace Cadenza.Commands.Tests.Support;

/// <summary>Asserts on texts. The comparisons are ordinal, unlike those of <see cref="Assert"/>.</summary>
internal static class TextAssert
{
    public static void Contains(string expected, string? text) =>
        Assert.Contains(expected, text, StringComparison.Ordinal);

    public static void DoesNotContain(string unexpected, string? text) =>
        Assert.DoesNotContain(unexpected, text, StringComparison.Ordinal);

    public static void StartsWith(string expected, string? text) =>
        Assert.StartsWith(expected, text, StringComparison.Ordinal);

    public static void EndsWith(string expected, string? text) =>
        Assert.EndsWith(expected, text, StringComparison.Ordinal);
}
