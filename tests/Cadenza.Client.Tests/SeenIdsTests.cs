using Cadenza.Client.Paging;

namespace Cadenza.Client.Tests;

/// <summary>Whether a page begins with the last element of the page before it.</summary>
public sealed class SeenIdsTests
{
    private const string Id = "550e8400-e29b-41d4-a716-446655440000";

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "A", false)]
    [InlineData(Id, Id, true)]
    [InlineData(Id, "550E8400-E29B-41D4-A716-446655440000", true)]
    [InlineData(Id, "a", false)]
    public void The_first_id_is_compared_with_the_last_one_of_the_page_before(string last, string first, bool repeats)
    {
        var seen = new SeenIds();
        seen.StartPage();
        seen.Add(last);
        seen.StartPage();
        seen.Add(first);
        seen.Add("another");

        Assert.Equal(repeats, seen.RepeatsLast);
        Assert.Equal("another", seen.Last);
    }

    [Fact]
    public void After_an_element_that_cannot_be_read_nothing_is_compared()
    {
        var seen = new SeenIds();
        seen.StartPage();
        seen.Add("a");
        seen.AddUnreadable();
        Assert.Null(seen.Last);

        seen.StartPage();
        seen.Add("b");

        Assert.Null(seen.RepeatsLast);
        Assert.Equal(3, seen.Total);
    }
}
