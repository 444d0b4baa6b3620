namespace Cadenza.Client.Tests.Support;

/// <summary>Secrets that are easy to find again, and the looking for them.</summary>
internal static class Canary
{
    // With what servers escape in their JSON, each in its own way: slashes, pluses, quotes, ampersands.
    public const string Key = "canary-key/0+1&2=";
    public const string Secret = "canary-secret\"with\\all/of+it";
    public const string Passphrase = "canary-phrase <ü€>";
    public const string Token = "canary-token/a+b=";
    public const string Password = "canary-password'ü'";

    public static readonly string[] All = [Key, Secret, Passphrase, Token, Password];

    /// <summary>No secret stands in any of the texts, as it is or escaped for JSON.</summary>
    public static void AssertNotIn(params string?[] texts) =>
        Assert.All(texts, static text => Assert.All(All, secret =>
        {
            Assert.DoesNotContain(secret, text ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain(JsonEncodedText.Encode(secret).ToString(), text ?? "", StringComparison.Ordinal);
        }));
}
