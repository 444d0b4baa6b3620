namespace Cadenza.Client.Tests.Support;

/// <summary>Sandboxes in the process of the test, and their clients.</summary>
internal static class Sandboxes
{
    public static SandboxFaults Faults(params string[] rules) =>
        new() { Rules = [.. rules.Select(SandboxFaultRule.Parse)] };

    public static SandboxHandler Create(TimeProvider timeProvider, params string[] faults) =>
        new(new SandboxOptions { TimeProvider = timeProvider, Faults = Faults(faults) });

    public static CadenzaClientOptions ClientOptions(SandboxHandler sandbox, TimeProvider timeProvider) =>
        new(sandbox.BaseAddress) { Handler = sandbox, TimeProvider = timeProvider };

    /// <summary>The ids of the credentials that meet the condition, in the order of the list.</summary>
    public static string[] FindIds(this SandboxHandler sandbox, Func<SandboxCredential, bool> condition) =>
        [.. sandbox.GetState().Credentials.Where(condition).Select(static credential => credential.CredentialId)];

    public static async Task<CadenzaClient> LoginAsync(CadenzaClientOptions options)
    {
        var defaults = new SandboxOptions();
        return (
            await CadenzaClient.LoginAsync(options, defaults.Email, SecretText.Wrap(defaults.Password)).Bounded())
            .Client;
    }

    /// <summary>A client with a token that the sandbox issued.</summary>
    public static CadenzaClient Connect(SandboxHandler sandbox, CadenzaClientOptions options) =>
        CadenzaClient.FromAccessToken(options, SecretText.Wrap(sandbox.IssueAccessToken()));
}
