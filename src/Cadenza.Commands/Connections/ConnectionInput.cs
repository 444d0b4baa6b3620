using System;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Security;

namespace Cadenza.Commands.Connections;

/// <summary>What a caller gave to connect with. Turns into a <see cref="ConnectionPlan"/>, or into what is wrong with it.</summary>
public sealed class ConnectionInput
{
    private static readonly CadenzaEnvironment[] Environments = [CadenzaEnvironment.Uat, CadenzaEnvironment.Production];

    /// <summary>The environment's name, if one was given: Uat or Production, in full.</summary>
    public string? Environment { get; init; }

    /// <summary>The base address, if one was given.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The access token, if one was given.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>The email, if a login was given.</summary>
    public string? Email { get; init; }

    /// <summary>The password, if a login was given.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The name by which the session shall know the connection; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The proxy to go through; null for the platform's.</summary>
    public System.Net.IWebProxy? Proxy { get; init; }

    /// <summary>How long and how often requests are tried.</summary>
    public RequestTiming Timing { get; init; } = RequestTiming.Default;

    private bool IsLogin => Email is not null || Password is not null;

    /// <summary>Completes what was given from environment variables and checks it. Address and token are never guessed.</summary>
    /// <param name="readVariable">Reads an environment variable; null for one that is not set.</param>
    public (ConnectionPlan? Plan, CadenzaErrorReport? Error) ToPlan(Func<string, string?> readVariable)
    {
        (Uri? address, CadenzaErrorReport? error) = FindAddress(readVariable);
        if (address is null)
        {
            return (null, error);
        }

        SecureString? token = AccessToken;
        string tokenName = "-AccessToken";
        if (token is null && !IsLogin && readVariable(ConnectionPlan.AccessTokenVariable) is { Length: > 0 } text)
        {
            if (!IsAddressOfVariables(address, readVariable))
            {
                return (null, Wrong(
                    $"{ConnectionPlan.AccessTokenVariable} is sent only to the address in {ConnectionPlan.EnvironmentVariable} or {ConnectionPlan.BaseUrlVariable}: give -AccessToken or -Credential."));
            }

            token = SecretText.Wrap(text.AsSpan());
            tokenName = ConnectionPlan.AccessTokenVariable;
        }

        error = CheckIdentity(token, tokenName);
        return error is not null ? (null, error) : (new ConnectionPlan
        {
            BaseUri = BaseAddressRules.Normalize(address),
            Environment = NameOf(address),
            AccessToken = token,
            Email = Email,
            Password = Password,
            Timing = Timing,
            Name = Name,
            Proxy = Proxy,
        }, null);
    }

    private static CadenzaErrorReport Wrong(string message) => ErrorCatalog.ForInput(CadenzaErrorKind.InvalidConnection, message);

    private static string NameOf(Uri address)
    {
        foreach (CadenzaEnvironment environment in Environments)
        {
            if (Uri.Compare(address, ConnectionPlan.AddressOf(environment), UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return environment.ToString();
            }
        }

        return "Custom";
    }

    /// <summary>The token of the variables belongs to the address of the variables: another host must not get it.</summary>
    private static bool IsAddressOfVariables(Uri address, Func<string, string?> readVariable) =>
        FindAddressOfVariables(readVariable).Address is Uri own && BaseAddressRules.Normalize(own) == BaseAddressRules.Normalize(address);

    private CadenzaErrorReport? CheckIdentity(SecureString? token, string tokenName)
    {
        if (IsLogin)
        {
            return AccessToken is not null ? Wrong("Give either -AccessToken or -Credential, not both.")
                : string.IsNullOrWhiteSpace(Email) ? Wrong("-Credential has no user name: it must be the email of the Cadenza user.")
                : SecretText.IsBlank(Password) ? Wrong("-Credential has no password.")
                : SecretText.IsUnicode(Password!) ? null : Wrong("-Credential's password is not valid Unicode.");
        }

        if (token is null)
        {
            return ErrorCatalog.ForInput(
                CadenzaErrorKind.NotConnected,
                $"No access token: give -AccessToken or -Credential, or set {ConnectionPlan.AccessTokenVariable}.");
        }

        return SecretText.ValidateToken(token) is string fault ? Wrong($"{tokenName} cannot be used: {fault}.") : null;
    }

    private (Uri? Address, CadenzaErrorReport? Error) FindAddress(Func<string, string?> readVariable)
    {
        if (Environment is not null && BaseUri is not null)
        {
            return (null, Wrong("Give either -Environment or -BaseUri, not both."));
        }

        if (BaseUri is not null)
        {
            return Check(BaseUri, "-BaseUri");
        }

        if (Environment is not null)
        {
            return FromName(Environment.Trim(), "-Environment");
        }

        return FindAddressOfVariables(readVariable);
    }

    private static (Uri? Address, CadenzaErrorReport? Error) FindAddressOfVariables(Func<string, string?> readVariable)
    {
        string? url = readVariable(ConnectionPlan.BaseUrlVariable);
        string? name = readVariable(ConnectionPlan.EnvironmentVariable);
        return (string.IsNullOrWhiteSpace(url), string.IsNullOrWhiteSpace(name)) switch
        {
            (false, false) => (null, Wrong($"Set either {ConnectionPlan.EnvironmentVariable} or {ConnectionPlan.BaseUrlVariable}, not both.")),
            (false, true) => Check(Uri.TryCreate(url!.Trim(), UriKind.Absolute, out Uri? uri) ? uri : null, ConnectionPlan.BaseUrlVariable),
            (true, false) => FromName(name!.Trim(), ConnectionPlan.EnvironmentVariable),
            _ => (null, ErrorCatalog.ForInput(
                CadenzaErrorKind.NotConnected,
                $"No address: give -Environment Uat, -Environment Production or -BaseUri, or set {ConnectionPlan.EnvironmentVariable} or {ConnectionPlan.BaseUrlVariable}. It is never guessed.")),
        };
    }

    private static (Uri?, CadenzaErrorReport?) Check(Uri? address, string source)
    {
        string? fault = address is null ? "is not an absolute https address" : BaseAddressRules.Validate(address);
        return fault is null ? (address, null) : (null, Wrong($"{source} {fault}."));
    }

    private static (Uri?, CadenzaErrorReport?) FromName(string name, string source)
    {
        foreach (CadenzaEnvironment environment in Environments)
        {
            if (name.Equals(environment.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return (ConnectionPlan.AddressOf(environment), null);
            }
        }

        return (null, Wrong($"{source} must be Uat or Production."));
    }
}
