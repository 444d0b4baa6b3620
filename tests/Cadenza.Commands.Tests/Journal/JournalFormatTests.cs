using Cadenza.Client.Text;
using Cadenza.Commands.Results;
using static Cadenza.Commands.Tests.Journal.JournalFolder;

namespace Cadenza.Commands.Tests.Journal;

/// <summary>A line holds what was put into it, on one line, whatever that is.</summary>
public sealed class JournalFormatTests
{
    private static readonly JournalEntry Full = Entry(
        JournalEvent.Unknown, id: "id-1", run: "r", pid: 42) with
    {
        SignedInAs = "ops@example.com",
        Attempts = 3,
        RequestId = "req-1",
        ErrorId = "CadenzaTimeout",
        Message = "no answer",
        Since = new DateTimeOffset(2026, 3, 1, 12, 30, 13, 5, TimeSpan.Zero),
    };

    public static TheoryData<string> HostileTexts => new()
    {
        "a\"b\\c/d", "a\nb\r\nc", "a\tb\0c", "\u001b[2J\u001b]0;x\a", "right \u202e left", "a\u2028b\u2029c",
        "\uD83D\uDE00 ünï", "\uD83D lone", "{\"v\":1}", "<script>&'+`", "\uFEFFbom", " spaces at the ends ",
    };

    [Fact]
    public void A_line_is_one_line_of_JSON_with_the_documented_members_in_their_order()
    {
        byte[] line = Bytes(Full);

        Assert.Equal(
            JoinLines("""
            {"v":1,"time":"2026-03-01T12:30:15.678Z","event":"unknown","action":"revoke","credentialId":"id-1",
            "venue":"OKX","nickname":"desk","environment":"Uat","server":"api.example","signedInAs":"ops@example.com",
            "user":"ops","host":"machine","pid":42,"run":"r","attempts":3,"requestId":"req-1",
            "errorId":"CadenzaTimeout","message":"no answer","since":"2026-03-01T12:30:13.005Z"}
            """) + "\n",
            Encoding.UTF8.GetString(line));
    }

    [Theory]
    [InlineData(JournalEvent.Intent)]
    [InlineData(JournalEvent.Applied)]
    [InlineData(JournalEvent.Rejected)]
    [InlineData(JournalEvent.NotSent)]
    [InlineData(JournalEvent.Unknown)]
    [InlineData(JournalEvent.Accepted)]
    public void What_is_written_is_read_back(string kind)
    {
        JournalEntry entry = Full with { Event = kind };

        Assert.Equal(entry with { Line = 7 }, Read(entry, 7));
    }

    [Theory]
    [InlineData(ResultVerification.Verified, "verified")]
    [InlineData(ResultVerification.NotVerified, "notVerified")]
    [InlineData(ResultVerification.NotYetKnown, "notYetKnown")]
    public void Whether_the_keys_are_verified_is_written_and_read_back(string word, string name)
    {
        JournalEntry entry = Entry(JournalEvent.Applied, "rotate") with { Verified = word };

        TextAssert.Contains($"\"run\":\"other\",\"verified\":\"{name}\"", Encoding.UTF8.GetString(Bytes(entry)));
        Assert.Equal(word, Read(entry)!.Verified);
    }

    [Fact]
    public void A_word_of_a_newer_version_is_not_known()
    {
        byte[] line = Bytes(Entry(JournalEvent.Applied) with { Verified = ResultVerification.Verified });
        string newer = Encoding.UTF8.GetString(line)
            .Replace("\"verified\":\"verified\"", "\"verified\":\"other\"", StringComparison.Ordinal);

        JournalEntry entry = JournalFormat.Read(Encoding.UTF8.GetBytes(newer.TrimEnd()), 1)!;

        Assert.Equal((JournalEvent.Applied, null), (entry.Event, entry.Verified));
    }

    [Fact]
    public void Members_without_a_value_are_omitted()
    {
        string line = Encoding.UTF8.GetString(Bytes(Entry(JournalEvent.Intent, "create", id: null)));

        Assert.All(
            ["credentialId", "signedInAs", "attempts", "requestId", "errorId", "message", "since", "verified", "null"],
            name => TextAssert.DoesNotContain(name, line));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_text_stays_on_its_line_and_is_sanitized_when_it_is_read(string text)
    {
        byte[] line = Bytes(
            Full with { Venue = text, Nickname = text, Message = text, SignedInAs = text, User = text });

        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.All(line.SkipLast(1), static b => Assert.InRange(b, (byte)' ', (byte)'~'));
        JournalEntry read = JournalFormat.Read(line.AsSpan(0, line.Length - 1), 1)!;
        Assert.All(
            [read.Venue, read.Nickname, read.Message, read.SignedInAs, read.User],
            static part => Assert.DoesNotContain(part!, static c => TextSanitizer.IsUnsafe(c)));
        Assert.Equal(text.Length, read.Nickname!.Length);
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void A_creation_is_identified_by_any_nickname(string text)
    {
        JournalEntry entry = Entry(JournalEvent.Intent, "create", id: null, nickname: text);

        Assert.Equal(entry.Key, Read(entry)!.Key);
    }

    [Fact]
    public async Task A_journal_with_a_nickname_of_any_length_can_be_read()
    {
        using var folder = new JournalFolder();
        JournalEntry entry = Entry(JournalEvent.Intent, "create", id: null, nickname: new string('n', 100_000));

        await folder.AppendAsync(entry, Entry(JournalEvent.Applied));

        Assert.Equal(2, folder.Entries.Count);
        Assert.Equal(entry.Key, folder.Entries[0].Key);
        Assert.InRange(folder.Lines[0].Length, 1, 1000);
        Assert.NotEqual(entry.Key, (entry with { Nickname = new string('n', 100_001) }).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("17")]
    [InlineData(
        "{\"v\":1,\"time\":\"2026-03-01T12:30:15.678Z\",\"event\":\"intent\",\"action\":\"revoke\",\"server\":\"s\"}")]
    [InlineData(
        "{\"v\":1,\"time\":\"yesterday\",\"event\":\"intent\",\"action\":\"revoke\",\"server\":\"s\",\"run\":\"r\"}")]
    [InlineData(
        "{\"v\":1,\"time\":\"2026-03-01T12:30:15.678Z\",\"event\":\"perhaps\","
        + "\"action\":\"revoke\",\"server\":\"s\",\"run\":\"r\"}")]
    [InlineData("{\"v\":1,\"time\":5,\"event\":[],\"action\":{},\"server\":true,\"run\":null}")]
    [InlineData("{\"v\":1,\"event\":\"\\ud83d\"}")]
    [InlineData("\0\0\0\0")]
    [InlineData("CredentialId,ApiKey")]
    public void What_is_not_a_valid_line_is_null(string text) =>
        Assert.Null(JournalFormat.Read(Encoding.UTF8.GetBytes(text), 1));

    [Fact]
    public void A_line_that_was_truncated_anywhere_is_null()
    {
        byte[] line = Bytes(Full);
        for (int length = 0; length < line.Length - 1; length++)
        {
            Assert.Null(JournalFormat.Read(line.AsSpan(0, length), 1));
        }
    }

    [Fact]
    public void Unknown_members_are_ignored_and_numbers_out_of_range_are_missing()
    {
        JournalEntry entry = JournalFormat.Read(
            """
            {"v":1,"extra":{"a":[1]},"time":"2026-03-01T12:30:15.678Z","event":"intent","action":"revoke","server":"s",
            "run":"r","pid":99999999999,"attempts":"3"}
            """u8,
            1)!;

        Assert.Equal((0, null), (entry.ProcessId, entry.Attempts));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void A_line_is_the_same_in_every_culture(string culture)
    {
        byte[] expected = Bytes(Full);
        using var scope = new CultureScope(culture);

        Assert.Equal(expected, Bytes(Full));
        Assert.Equal(Full with { Line = 1 }, Read(Full));
        Assert.Equal(Full.Key, Key("API.EXAMPLE", "revoke", "id-1"));
    }

    [Fact]
    public void Keys_distinguish_changes_and_ignore_differences_without_meaning()
    {
        string[] keys =
        [
            Key("s", "revoke", "a"),
            Key("s", "rotate", "a"),
            Key("s", "revoke", "b"),
            Key("t", "revoke", "a"),
            Key("s", "create", null, "OKX", "a"),
            Key("s", "create", null, "BYBIT", "a"),
            Key("s", "create", null, "OKX", "b"),
        ];
        Assert.Equal(keys.Length, new HashSet<string>(keys, StringComparer.Ordinal).Count);
        Assert.Equal(Key("s", "revoke", "a", "OKX", "desk"), Key("S", "revoke", "a", null, "renamed"));
        Assert.NotEqual(Key("s", "revoke", "a"), Key("s", "revoke", "A"));
        Assert.Equal(
            Key("s", "revoke", "0000000A-0000-4000-8000-00000000000B"),
            Key("s", "revoke", "0000000a-0000-4000-8000-00000000000b"));
        Assert.Equal(Key("s", "create", null, "okx", "a"), Key("s", "create", "given-by-the-server", "OKX", "a"));
    }

    [Fact]
    public void Nicknames_that_differ_only_in_case_have_different_keys_as_on_the_server() =>
        Assert.NotEqual(Key("s", "create", null, "OKX", "desk a"), Key("s", "create", null, "OKX", "Desk A"));

    private static string JoinLines(string text) => string.Concat(text.Split(['\r', '\n']));

    private static string Key(
        string server, string action, string? id, string? venue = null, string? nickname = null) =>
        JournalEntry.CreateKey(server, action, id, venue, nickname);

    private static JournalEntry? Read(JournalEntry entry, long number = 1)
    {
        byte[] line = Bytes(entry);
        using (JsonDocument.Parse(line))
        {
            return JournalFormat.Read(line.AsSpan(0, line.Length - 1), number);
        }
    }
}
