using Cadenza.Commands.Results;

namespace Cadenza.Commands.Tests.Journal;

public sealed class JournalRotationsTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("rotate", JournalEvent.Applied, "api.example", true)]
    [InlineData("create", JournalEvent.Applied, "API.EXAMPLE", true)]
    [InlineData("revoke", JournalEvent.Applied, "api.example", false)]
    [InlineData("rotate", JournalEvent.Intent, "api.example", false)]
    [InlineData("rotate", JournalEvent.Unknown, "api.example", false)]
    [InlineData("rotate", JournalEvent.Rejected, "api.example", false)]
    [InlineData("rotate", JournalEvent.Applied, "uat.example", false)]
    public void Only_keys_that_were_set_on_the_server_count(string action, string kind, string server, bool expected)
    {
        Dictionary<string, DateTimeOffset> times = Find(Entry("a", Time, action, kind, server));
        Assert.Equal(expected, times.ContainsKey("a"));
    }

    [Fact]
    public void The_last_rotation_counts_whatever_the_order_of_the_lines()
    {
        Dictionary<string, DateTimeOffset> times = Find(
            Entry("a", Time.AddDays(1)), Entry("a", Time.AddDays(3)), Entry("a", Time.AddDays(2)), Entry("b", Time));
        Assert.Equal((Time.AddDays(3), Time), (times["a"], times["b"]));
    }

    [Fact]
    public void A_later_verification_is_not_a_rotation()
    {
        JournalEntry verified = Entry("a", Time.AddDays(3)) with { Verified = ResultVerification.Verified };
        Assert.Equal(Time, Find(Entry("a", Time), verified)["a"]);
    }

    [Fact]
    public void Uuids_are_found_in_any_case()
    {
        const string Uuid = "a0b1c2d3-0000-4000-8000-00000000000f";
        Assert.Equal(Time, Find(Entry(Uuid.ToUpperInvariant(), Time))[Uuid]);
    }

    private static Dictionary<string, DateTimeOffset> Find(params JournalEntry[] entries)
    {
        Dictionary<string, DateTimeOffset> times = JournalRotations.Create();
        JournalRotations.Add(entries, "api.example", times);
        return times;
    }

    private static JournalEntry Entry(
        string id, DateTimeOffset time, string action = "rotate", string kind = JournalEvent.Applied,
        string server = "api.example") =>
        JournalFolder.Entry(kind, action, id) with { Time = time, Server = server };
}
