using System.Security;
using Cadenza.Client.Security;
using CadenzaPS.Parameters;

namespace CadenzaPS.Tests;

/// <summary>The two ways to specify API keys.</summary>
public sealed class ApiKeyInputTests
{
    public static TheoryData<string?, string?, string?, string?, string?, string?> Keys =>
        new()
        {
            { "k", "s", null, null, null, null },
            { "k", "s", null, null, "p", null },
            { null, null, "k", "s", null, null },
            { null, null, "k", "s", "", null },
            { "k", "s", "k", null, null, "Specify either -ApiCredential, or -ApiKey and -ApiSecret, not both." },
            { "k", "s", null, "s", null, "Specify either -ApiCredential, or -ApiKey and -ApiSecret, not both." },
            {
                null,
                null,
                null,
                null,
                null,
                "No keys were specified. Specify -ApiCredential, or -ApiKey and -ApiSecret."
            },
            {
                null,
                null,
                null,
                null,
                "p",
                "No keys were specified. Specify -ApiCredential, or -ApiKey and -ApiSecret."
            },
            { null, null, "k", null, null, "-ApiSecret is empty." },
            { null, null, null, "s", null, "-ApiKey is empty." },
            { null, null, " ", "s", null, "-ApiKey is empty." },
            { null, null, "k", "\t\n", null, "-ApiSecret is empty." },
            { "", "s", null, null, null, "The user name (API key) of -ApiCredential is empty." },
            { "k", " ", null, null, null, "The password (API secret) of -ApiCredential is empty." },
            { null, null, "k½", "s", null, "-ApiKey is not valid Unicode." },
            { null, null, "k", "½", null, "-ApiSecret is not valid Unicode." },
            { null, null, "k", "s", "p½p", "-ApiPassphrase is not valid Unicode." },
        };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Keys_are_complete_and_specified_in_one_way(
        string? credentialKey,
        string? credentialSecret,
        string? key,
        string? secret,
        string? passphrase,
        string? expected)
    {
        (ApiKeySet? keys, string? fault) = ApiKeyInput.Combine(
            Wrap(credentialKey),
            Wrap(credentialSecret),
            Wrap(key),
            Wrap(secret),
            Wrap(passphrase));

        Assert.Equal(expected, fault);
        Assert.Equal(expected is null, keys is not null);
        Assert.Equal(expected is null && passphrase?.Length > 0, keys?.ApiPassphrase is not null);
    }

    /// <summary>½ stands for half a surrogate pair, which the test runner cannot pass to a test.</summary>
    private static SecureString? Wrap(string? text) =>
        text is null ? null : SecretText.Wrap(text.Replace('½', '\ud800'));
}
