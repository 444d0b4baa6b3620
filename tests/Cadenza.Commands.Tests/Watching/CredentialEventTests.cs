using Cadenza.Commands.Watching;

namespace Cadenza.Commands.Tests.Watching;

/// <summary>What two lists say about the time between them.</summary>
public sealed class CredentialEventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_list_that_is_the_same_has_no_event() => Assert.Empty(Compare([Desk()], [Desk()]));

    [Fact]
    public void A_new_credential_appeared_and_one_that_is_gone_disappeared()
    {
        CredentialEvent[] events = Compare([Desk("a"), Desk("b")], [Desk("b"), Desk("c")]);

        Assert.Equal(["Appeared c", "Disappeared a"], events.Select(static e => $"{e.Event} {e.CredentialId}"));
        Assert.Equal((null, "FAILED", "Failed"), (events[0].PreviousStatus, events[0].Status, events[0].Health));
        Assert.Null(events[0].Before);
        Assert.Null(events[1].After);
        Assert.Equal(("FAILED", "server"), (events[1].Status, events[1].Server));
    }

    [Fact]
    public void An_event_shows_the_credential_before_and_after()
    {
        CredentialEvent item = Assert.Single(Compare(
            [Desk(status: "VERIFIED")], [Desk(status: "FAILED", updatedMinutes: 5)]));

        Assert.Equal(
            (CredentialEventKind.StatusChanged, "VERIFIED", "FAILED", "Working", "Failed"),
            (item.Event, item.PreviousStatus, item.Status, item.PreviousHealth, item.Health));
        Assert.Equal(("VERIFIED", "FAILED"), (item.Before!.Status, item.After!.Status));
        Assert.Equal(Noon, item.Time);
        Assert.Equal("masked-1", item.After.MaskedApiKey);
        Assert.Null(item.Before.MaskedApiKey);
        Assert.Equal("StatusChanged: a (OKX 'desk')", item.ToString());
    }

    [Fact]
    public void A_status_in_another_case_is_the_same_status() =>
        Assert.Empty(Compare([Desk(status: "FAILED")], [Desk(status: "failed")]));

    [Fact]
    public void Several_changes_at_once_are_several_events() =>
        Assert.Equal(
            ["StatusChanged", "KeysRotated", "Renamed"],
            KindsAfter(Desk(status: "VERIFIED", nickname: "new", key: "masked-2", updatedMinutes: 1)));

    [Fact]
    public void A_new_name_is_an_event_with_the_old_one()
    {
        CredentialEvent item = Assert.Single(Compare([Desk()], [Desk(nickname: "new", updatedMinutes: 1)]));

        Assert.Equal(("Renamed", "desk", "new"), (item.Event, item.PreviousNickname, item.Nickname));
    }

    [Theory]
    [InlineData("masked-1", "masked-2", 0, "KeysRotated")]
    [InlineData("masked-1", "masked-1", 1, "KeysRotated")]
    [InlineData(null, null, 1, "KeysRotated")]
    [InlineData(null, "masked-2", 0, "")]
    [InlineData("masked-1", null, 0, "")]
    [InlineData("masked-1", "masked-1", -1, "")]
    public void A_rotation_shows_in_the_masked_key_or_in_a_time_without_another_reason(
        string? before, string? after, int minutes, string expected) =>
        Assert.Equal(
            expected, string.Join(' ', KindsBetween(Desk(key: before), Desk(key: after, updatedMinutes: minutes))));

    [Fact]
    public void A_time_that_a_visible_change_explains_is_no_rotation()
    {
        Assert.Equal(["StatusChanged"], KindsAfter(Desk(status: "VERIFIED", updatedMinutes: 1)));
        Assert.Empty(Compare([Desk()], [Desk(venue: "BYBIT", updatedMinutes: 1)]));
    }

    [Fact]
    public void A_revoke_is_no_rotation_even_if_the_key_is_masked_in_another_way() =>
        Assert.Equal(["StatusChanged"], KindsAfter(Desk(status: "REVOKED", key: "****")));

    [Fact]
    public void A_credential_is_selected_by_what_it_was_or_by_what_it_is()
    {
        static bool IsFailed(CadenzaCredential credential) => credential.Health == CredentialHealth.Failed;

        CredentialEvent[] events = Compare(
            [Desk("fails", "VERIFIED"), Desk("works", "FAILED"), Desk("waits", "PENDING"), Desk("gone", "FAILED")],
            [Desk("fails", "FAILED"), Desk("works", "VERIFIED"), Desk("waits", "VERIFIED")],
            IsFailed);

        Assert.Equal(["fails", "works", "gone"], events.Select(static e => e.CredentialId));
    }

    [Fact]
    public void An_element_that_cannot_be_read_makes_the_list_incomplete()
    {
        var update = new SnapshotUpdate(before: null, "server", Noon);

        update.Add(CredentialRow.Of(Desk()));
        Assert.Null(update.Failure);
        update.Add(CredentialRow.Warn("The list is truncated."));
        update.Add(CredentialRow.Bad(new ApiException(CadenzaErrorKind.BadRow, RequestOutcome.Unknown, "later")));

        Assert.Equal("The list is truncated.", update.Failure!.Message);
    }

    private static CredentialEvent[] Compare(
        IEnumerable<CadenzaCredential> before,
        IEnumerable<CadenzaCredential> after,
        Func<CadenzaCredential, bool>? isSelected = null)
    {
        var first = new SnapshotUpdate(before: null, "server", Noon.AddHours(-1));
        before.Select(CredentialRow.Of).ToList().ForEach(first.Add);
        var second = new SnapshotUpdate(first.Snapshot, "server", Noon);
        after.Select(CredentialRow.Of).ToList().ForEach(second.Add);
        return [.. second.FindEvents(isSelected ?? (static _ => true))];
    }

    private static IEnumerable<string> KindsAfter(CadenzaCredential after) => KindsBetween(Desk(), after);

    private static IEnumerable<string> KindsBetween(CadenzaCredential before, CadenzaCredential after) =>
        Compare([before], [after]).Select(static e => e.Event);

    private static CadenzaCredential Desk(
        string id = "a", string status = "FAILED", string nickname = "desk", string? key = "masked-1",
        int updatedMinutes = 0, string venue = "OKX") => new()
    {
        CredentialId = id,
        Nickname = nickname,
        Venue = venue,
        Status = status,
        MaskedApiKey = key,
        UpdatedAt = Noon.AddDays(-1).AddMinutes(updatedMinutes),
        Server = "server",
    };
}
