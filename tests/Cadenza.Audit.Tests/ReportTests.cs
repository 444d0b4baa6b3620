using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cadenza.Client.Text;
using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

public sealed class ReportTests
{
    /// <summary>Indexes, because a test runner cannot pass a lone surrogate.</summary>
    public static TheoryData<int> HostileTexts => [.. Enumerable.Range(0, HostileText.All.Count)];

    [Fact]
    public void The_policy_allows_only_the_style_and_the_script_by_their_hashes()
    {
        string html = SampleInventory.Report(SampleInventory.Audit(20, 10));
        string policy = Find(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")[0];
        string style = Find(html, "<style>(.*?)</style>")[0];
        string script = Find(html, "<script>(.*?)</script>")[0];
        Assert.Equal(
            $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; "
                + "img-src data:; base-uri 'none'; form-action 'none'",
            policy);
        Assert.True(
            html.IndexOf("Content-Security-Policy", StringComparison.Ordinal)
                < html.IndexOf("<style>", StringComparison.Ordinal));
        Assert.DoesNotContain('\r', style + script);
    }

    [Fact]
    public void The_page_has_no_inline_handlers_and_loads_nothing()
    {
        string html = Markup(SampleInventory.Report(SampleInventory.Audit(700, 100)));
        Assert.DoesNotMatch("<[^>]*\\s(on[a-z]+|style|src|srcset|action)\\s*=", html);
        Assert.All(
            Find(html, "href=\"([^\"]*)\""),
            static href => Assert.True(href.StartsWith('#') || href == "data:,", href));
        Assert.DoesNotContain("url(", SampleInventory.Report(SampleInventory.Audit(1, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_and_every_reference_has_a_target()
    {
        string html = Markup(SampleInventory.Report(SampleInventory.Audit(2000, 100)));
        string[] ids = Find(html, "\\sid=\"([^\"]*)\"");
        Assert.Equal(ids.Distinct(), ids);
        IEnumerable<string> references = Find(
            html, "\\s(?:aria-labelledby|aria-describedby|aria-controls|for)=\"([^\"]*)\"")
            .SelectMany(static value => value.Split(' '))
            .Concat(Find(html, "href=\"#([^\"]*)\""));
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Fact]
    public void Every_element_is_closed()
    {
        var open = new Stack<string>();
        string html = Markup(SampleInventory.Report(SampleInventory.Audit(300, 50)));
        foreach (Match tag in Regex.Matches(html, "<(/?)([a-z][a-z0-9]*)\\b[^>]*?(/?)>"))
        {
            string name = tag.Groups[2].Value;
            if (name is "meta" or "link" or "input" || tag.Groups[3].Length > 0)
            {
                continue;
            }

            if (tag.Groups[1].Length == 0)
            {
                open.Push(name);
            }
            else
            {
                Assert.Equal(open.Pop(), name);
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void The_page_has_landmarks_captions_and_heading_levels()
    {
        string html = SampleInventory.Report(SampleInventory.Audit(300, 50));
        string[] required =
        [
            "<html lang=\"en\">", "<header>", "<main ", "<footer>", "class=\"skip-link\" href=\"#main\"",
            "role=\"status\"", "<caption", "scope=\"col\"", "scope=\"row\"",
        ];
        Assert.All(required, markup => Assert.Contains(markup, html, StringComparison.Ordinal));

        Assert.Single(Regex.Matches(html, "<h1[ >]"));
        int level = 1;
        foreach (string heading in Find(Markup(html), "<h([1-6])[ >]"))
        {
            int next = int.Parse(heading, CultureInfo.InvariantCulture);
            Assert.True(next <= level + 1, $"h{next} after h{level}");
            level = next;
        }
    }

    [Theory]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    [InlineData("th-TH")]
    public void The_report_is_the_same_in_every_culture(string culture)
    {
        string expected = SampleInventory.Report(SampleInventory.Audit(1200, 300));
        using var scope = new CultureScope(culture);

        Assert.Equal(expected, SampleInventory.Report(SampleInventory.Audit(1200, 300)));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Values_from_the_server_do_not_become_markup(int number)
    {
        string text = HostileText.All[number];
        string html = SampleInventory.Report(HostileText.Audit(text), HostileText.Header(text));
        string calm = SampleInventory.Report(HostileText.Audit("calm"), HostileText.Header("calm"));
        Assert.Equal(Tags(calm), Tags(html));
        Assert.All(
            html,
            static c => Assert.True(
                c is '\n' or >= ' ' and not ('\u2028' or '\u2029' or '\u202E' or '\u2066'), $"U+{(int)c:X4}"));
        using var data = JsonDocument.Parse(Data(html));
        string expected = TextSanitizer.Sanitize(text);
        JsonElement row = data.RootElement.GetProperty("rows")[0];
        Assert.Equal(string.IsNullOrWhiteSpace(expected) ? "" : expected, row[0].GetString());
        Assert.Equal(expected, row[4].GetString());
        Assert.DoesNotMatch("[<>&'\u2028\u2029]", Data(html));
    }

    [Fact]
    public void Entities_are_displayed_literally() =>
        TextAssert.Contains("<bdi>&amp;lt;b&amp;gt;</bdi>", SampleInventory.Report(HostileText.Audit("&lt;b&gt;")));

    [Fact]
    public void A_lone_surrogate_is_replaced()
    {
        string html = SampleInventory.Report(HostileText.Audit("a\uD800b\uDC00c"), HostileText.Header("\uDFFF"));
        TextAssert.Contains("a\uFFFDb\uFFFDc", html);
    }

    [Fact]
    public void Without_accounts_the_report_has_a_note()
    {
        string html = SampleInventory.Report(SampleInventory.Audit([Credential()], null));
        TextAssert.Contains(
            "The list of trading accounts is not available. "
                + "The rules “Revoked but in use” and “Unused” were not evaluated.",
            html);
        Assert.Equal(4, Regex.Count(html, "<td class=\"number\">not evaluated</td>"));
        TextAssert.Contains(">not evaluated</dd>", html);
    }

    [Fact]
    public void An_empty_inventory_has_a_report()
    {
        string html = SampleInventory.Report(SampleInventory.Audit([], []));
        TextAssert.Contains("No findings in 0 credentials.", html);
        TextAssert.Contains("Showing 0 of 0 credentials.", html);
    }

    [Fact]
    public void The_totals_match_the_inventory()
    {
        AuditResult result = SampleInventory.Audit(300, 100);
        string html = SampleInventory.Report(result);
        int revoked = result.Credentials.Count(static credential => credential.Status == "REVOKED");
        TextAssert.Contains($"<dt>Not revoked</dt><dd>{300 - revoked}</dd>", html);
        TextAssert.Contains($"<dt>Revoked</dt><dd>{revoked}</dd>", html);
        int stale = result.Findings.Count(static finding => finding.Rule == FindingRule.Stale);
        TextAssert.Contains($"<a href=\"#rule-Stale\">Stale</a></dt><dd>{stale}</dd>", html);
        int[] ages = [.. Find(html, "class=\"count\">([0-9,]+)<").Select(ParseCount)];
        Assert.Equal(300 - revoked, ages.Sum());
        Assert.Equal(stale, ages[2] + ages[3] + ages[4]);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void At_most_two_hundred_findings_of_a_rule_are_listed(int count, bool expected)
    {
        AuditResult result = SampleInventory.Audit(
            [.. Enumerable.Range(0, count).Select(static i => Credential($"id-{i}"))], []);
        string html = SampleInventory.Report(result);
        Assert.Equal(200, Regex.Count(html, ">Revoke-CadenzaCredential</span> <span>-CredentialId<"));
        const string Note = "first 200 of 201 findings. The <a href=\"#credentials\" data-rule=\"Unused\">";
        Assert.Equal(expected, html.Contains(Note, StringComparison.Ordinal));
        TextAssert.Contains("Rule <span>-EQ</span> &#39;Unused&#39; | <span>Revoke-CadenzaCredential</span>", html);
    }

    [Fact]
    public void The_command_for_all_findings_has_the_number_of_days_of_the_report()
    {
        AuditResult result = SampleInventory.Audit(50, 10, SampleInventory.CreateOptions(30));

        TextAssert.Contains("-StaleAfterDays</span> 30 | ", SampleInventory.Report(result));
    }

    [Fact]
    public void Notes_are_displayed_and_encoded()
    {
        ReportHeader header = CreateHeader(notes: "The list is <incomplete>.");
        TextAssert.Contains(
            "The list is &lt;incomplete&gt;.", SampleInventory.Report(SampleInventory.Audit(5, 1), header));
    }

    [Fact]
    public void Venues_beyond_the_maximum_are_combined()
    {
        AuditResult result = SampleInventory.Audit(
            [.. Enumerable.Range(0, 30).Select(static i => Credential($"id-{i}", venue: $"V{i}"))]);
        TextAssert.Contains("<th scope=\"row\">6 other venues</th>", SampleInventory.Report(result));
    }

    [Fact]
    public void Every_threshold_is_within_the_chart()
    {
        foreach (int days in (int[])[1, 29, 30, 89, 90, 200, 365, 366, 1000, int.MaxValue])
        {
            AuditOptions options = SampleInventory.CreateOptions(days);
            string html = SampleInventory.Report(CredentialAudit.Run([Credential()], null, options));
            double x = double.Parse(Find(html, "class=\"threshold\" x1=\"([^\"]*)\"")[0], CultureInfo.InvariantCulture);
            Assert.InRange(x, 6, 6 + 5 * 78);
        }
    }

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void A_report_of_ten_thousand_credentials_is_smaller_than_four_megabytes() =>
        Assert.InRange(SampleInventory.Report(SampleInventory.Audit(10_000, 9_000)).Length, 1_000_000, 4_000_000);

    [Fact]
    public void The_stream_stays_open_and_has_no_byte_order_mark()
    {
        using var stream = new MemoryStream();
        AuditReport.Write(stream, SampleInventory.Audit(3, 1), CreateHeader());
        stream.Position = 0;
        Assert.Equal('<', stream.ReadByte());
    }

    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The page without the content of its style and script blocks.</summary>
    private static string Markup(string html) =>
        Regex.Replace(html, "(<(style|script)[^>]*>).*?(</\\2>)", "$1$3", RegexOptions.Singleline);

    private static string[] Tags(string html) =>
    [
        .. Regex.Matches(Regex.Replace(Markup(html), "(name=\"generator\" content=)\"[^\"]*\"", "$1"), "<[^>]*>")
            .Select(static match => match.Value)
            .Where(static tag => tag is not ("<span>" or "</span>")),
    ];

    private static int ParseCount(string text) =>
        int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string Data(string html) =>
        Find(html, "<script id=\"data\" type=\"application/json\">(.*?)</script>")[0];

    /// <summary>The text of the first group in each match.</summary>
    private static string[] Find(string html, string pattern) =>
        [.. Regex.Matches(html, pattern, RegexOptions.Singleline).Select(static match => match.Groups[1].Value)];
}
