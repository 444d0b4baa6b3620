using Cadenza.Client.Json;

namespace Cadenza.Client.Tests;

/// <summary>
/// Plain trading accounts of a long list are read by a parser of their own. Its result is that of the general parser,
/// which reads the accounts of a verification.
/// </summary>
public sealed class PlainAccountTests
{
    private const string Full =
        """{"tradingAccountId":"t1","externalTradingAccountId":"7","venue":"OKX","nickname":"main SPOT","accountType":"SPOT","positionMode":"NETTING","credentials":[{"credentialId":"a","venue":"OKX","credentialType":"EXCHANGE","nickname":"main","status":"VERIFIED","identities":["spot","margin"],"createdAt":1704067200000,"revokedAt":null}],"status":"ACTIVE","createdAt":1704067200000}""";

    private const string Several =
        """{"tradingAccountId":"t2","credentials":["b","",{"credentialId":"c","name":"n","nickname":""},{"venue":"X"}],"venue":"","status":"LOCKED","x":[1,"2",null],"y":[]}""";

    private const string Minimal = """{"tradingAccountId":"t3","credentials":[]}""";

    [Theory]
    [InlineData(Full)]
    [InlineData(Several)]
    [InlineData(Minimal)]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"tradingAccountId":null,"nickname":"no id"}""")]
    [InlineData("""{"tradingAccountId":"t","status":7}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":null}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":"a"}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":["a",7,["c"],{}]}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":[{"credentialId":7}]}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":[{"credentialId":"a","status":7,"venue":null}]}""")]
    [InlineData("""{"tradingAccountId":"t","credentials":["a"],"credentials":["b"],"status":"A","status":"B"}""")]
    [InlineData("""{"tradingAccountId":"t","n":00}""")]
    [InlineData("""{"tradingAccountId":"t","n":-1.5e3,"o":{"p":[true]}}""")]
    [InlineData("""{"tradingAccountId":"t","nickname":"https://user:pass@host/"}""")]
    [InlineData("""{"tradingAccountId":"t","nickname":"say token-token-token-token"}""")]
    [InlineData("""{"tradingAccountId":"t","nickname":"tab\there","venue":"\u004fKX"}""")]
    public void An_account_of_a_list_is_read_as_a_single_account_is(string account) => Parsers.AssertSame(account);

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public void An_account_with_random_changes_is_read_as_a_single_account_is() =>
        Parsers.AssertSameWithChanges(Full, Several, Minimal);

    private static readonly ParserComparison Parsers = new(static (json, redactor, interned) =>
    {
        TradingAccount account = TradingAccountReader.Read(json, redactor, interned);
        return
        [
            account.TradingAccountId, account.Venue, account.Nickname, account.AccountType, account.Status,
            account.CredentialIds.ToArray(), account.Credentials.ToArray(),
        ];
    });
}
