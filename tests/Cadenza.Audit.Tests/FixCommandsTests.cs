using System.Text;
using CadenzaPS.Errors;
using static Cadenza.Audit.Tests.Support.SampleInventory;

namespace Cadenza.Audit.Tests;

public sealed class FixCommandsTests
{
    private const string Quotes = "'\u2018\u2019\u201A\u201B";

    [Theory]
    [InlineData("plain")]
    [InlineData("it's")]
    [InlineData("''")]
    [InlineData("a\u2018b\u2019c\u201Ad\u201Be")]
    [InlineData("'; Remove-Item / #")]
    [InlineData("\u2019; Remove-Item / #")]
    [InlineData("$(whoami) `n \"x\" ${env:PATH}")]
    [InlineData("")]
    public void A_quoted_text_is_one_literal_with_that_text(string text)
    {
        (string value, int end) = ReadLiteral(FixCommands.Quote(text), 0);
        Assert.Equal(text, value);
        Assert.Equal(FixCommands.Quote(text).Length, end);
    }

    [Theory]
    [InlineData("a\r\nRemove-Item /", "a\uFFFD\uFFFDRemove-Item /")]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("😀", "😀")]
    public void Control_characters_are_replaced(string text, string expected) =>
        Assert.Equal(expected, ReadLiteral(FixCommands.Quote(text), 0).Value);

    [Fact]
    public void A_lone_surrogate_is_replaced() => Assert.Equal("'a\uFFFDb\uFFFD'", FixCommands.Quote("a\uD800b\uDC00"));

    [Fact]
    public void Each_rule_has_a_command()
    {
        Assert.Equal(
            "if ((Test-CadenzaCredential -CredentialId 'i''d' -Quiet) -eq $false) "
                + "{ Update-CadenzaCredential -CredentialId 'i''d' -ApiCredential (Get-Credential) }",
            Fix(Credential("i'd", "FAILED"), FindingRule.Failed));
        Assert.Equal(
            "Update-CadenzaCredential -CredentialId 'id' -ApiCredential (Get-Credential)",
            Fix(Credential("id", "EXPIRED"), FindingRule.Expired));
        Assert.Equal(
            "Update-CadenzaCredential -CredentialId 'id' -ApiCredential (Get-Credential)",
            Fix(Credential("id", days: 99), FindingRule.Stale));
        Assert.Equal("Revoke-CadenzaCredential -CredentialId 'id'", Fix(Credential("id"), FindingRule.Unused));
        Assert.Equal(
            "New-CadenzaCredential -Venue 'BINANCE' -Nickname (Read-Host 'Nickname') -ApiCredential (Get-Credential)",
            Fix(Credential("id", nickname: null), FindingRule.NoNickname));
        Assert.Equal(
            "New-CadenzaCredential -Venue (Read-Host 'Venue') -Nickname (Read-Host 'Nickname') "
                + "-ApiCredential (Get-Credential)",
            Fix(Credential("id", nickname: " ", venue: null), FindingRule.NoNickname));
    }

    [Fact]
    public void A_revoked_credential_in_use_is_replaced_by_one_with_the_same_nickname()
    {
        AuditResult result = SampleInventory.Audit([Credential("id", "REVOKED", "Bob\u2019s")], [Account("a", "id")]);
        Assert.Equal(
            "New-CadenzaCredential -Venue 'BINANCE' -Nickname 'Bob\u2019\u2019s' -ApiCredential (Get-Credential)",
            result.Findings.Single().Fix);
    }

    [Theory]
    [InlineData("OKX", true)]
    [InlineData("okx_uat", true)]
    [InlineData("OKXX", false)]
    [InlineData("BYBIT", false)]
    public void Only_OKX_credentials_prompt_for_a_passphrase(string venue, bool expected)
    {
        string fix = Fix(Credential(venue: venue, status: "EXPIRED"), FindingRule.Expired);
        const string Passphrase = " -ApiPassphrase (Read-Host 'Passphrase' -AsSecureString)";
        Assert.Equal(expected, fix.EndsWith(Passphrase, StringComparison.Ordinal));
    }

    [Fact]
    public void Values_from_the_server_stay_quoted()
    {
        const string Evil = "x'; \u2018 \u2019 \u201A \u201B } ) EVIL $(EVIL)";
        CadenzaCredential[] credentials =
        [
            Credential(Evil, "FAILED", Evil, Evil, 200),
            Credential(Evil, "EXPIRED", null, Evil, 200),
            Credential(Evil, "REVOKED", Evil, Evil),
        ];
        AuditResult result = SampleInventory.Audit(credentials, [Account(Evil, Evil)]);
        Assert.Equal(6, result.Findings.Count);
        Assert.All(result.Findings, static finding => TextAssert.DoesNotContain("EVIL", WithoutLiterals(finding.Fix)));
    }

    private static string Fix(CadenzaCredential credential, string rule) =>
        SampleInventory.Audit([credential], [])
            .Findings.Single(finding => finding.Rule == rule)
            .Fix;

    /// <summary>
    /// Reads a single-quoted literal as PowerShell does: each of its five quote characters opens and closes a literal.
    /// </summary>
    private static (string Value, int End) ReadLiteral(string line, int start)
    {
        Assert.Contains(line[start], Quotes);
        var value = new StringBuilder();
        for (int i = start + 1; i < line.Length; i++)
        {
            if (!Quotes.Contains(line[i], StringComparison.Ordinal))
            {
                value.Append(line[i]);
            }
            else if (i + 1 < line.Length && Quotes.Contains(line[i + 1], StringComparison.Ordinal))
            {
                value.Append(line[i++]);
            }
            else
            {
                return (value.ToString(), i + 1);
            }
        }

        throw new Xunit.Sdk.XunitException("The literal is not terminated: " + line);
    }

    private static string WithoutLiterals(string line)
    {
        var code = new StringBuilder();
        for (int i = 0; i < line.Length;)
        {
            if (Quotes.Contains(line[i], StringComparison.Ordinal))
            {
                i = ReadLiteral(line, i).End;
            }
            else
            {
                code.Append(line[i++]);
            }
        }

        return code.ToString();
    }
}
