namespace Cadenza.Audit.Tests.Support;

/// <summary>Texts that would do harm if a page interpreted them as markup.</summary>
internal static class HostileText
{
    public static readonly IReadOnlyList<string> All =
    [
        "<script>window.__pwned = 1</script>",
        "\"><img src=x onerror=\"window.__pwned = 1\">",
        "' onmouseover='window.__pwned = 1",
        "</script><script>window.__pwned = 1</script>",
        "</style><svg onload=window.__pwned=1>",
        "<!--", "-->", "<!-- <script>", "]]>", "&lt;b&gt;", "&#60;script&#62;",
        "a\u2028b\u2029c", "a\uD800b", "\uDC00", "a\u202Eb\u2066c", "a\0b\u001B[31mc\u0085d",
        "{{constructor.constructor('window.__pwned = 1')()}}",
        "javascript:window.__pwned=1",
        "\\u003cscript\\u003e\\",
        "😀 𝔘 עברית العربية",
    ];

    /// <summary>Findings of every rule, with the text in every value from the server.</summary>
    public static AuditResult Audit(string text)
    {
        string[] statuses = ["FAILED", "EXPIRED", "REVOKED", "ERROR", text];
        IEnumerable<CadenzaCredential> used = statuses.Select(status => new CadenzaCredential
        {
            CredentialId = text,
            Status = status,
            Nickname = text,
            Venue = text,
            CredentialType = text,
            CreatedAt = SampleInventory.Now.AddDays(-200),
        });
        CadenzaCredential unused = SampleInventory.Credential("unused", nickname: null, venue: text);
        var unnamed = new TradingAccount { TradingAccountId = text, CredentialIds = [text] };
        return SampleInventory.Audit([.. used, unused], [SampleInventory.Account(text, text), unnamed]);
    }

    public static ReportHeader Header(string text) => new()
    {
        Host = text,
        Environment = text,
        User = text,
        GeneratedAt = SampleInventory.Now,
        ModuleVersion = text,
        Notes = [text],
    };
}
