using System;
using System.Linq;
using System.Net;
using System.Security;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Security;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>The address and the identity of a connection, from parameters and environment variables.</summary>
internal sealed class ConnectionInput
{
    private static readonly CadenzaEnvironment[] Environments = [CadenzaEnvironment.Uat, CadenzaEnvironment.Production];

    /// <summary>The value of -Environment: Uat or Production, not abbreviated; null if it was not specified.</summary>
    public string? Environment { get; init; }

    /// <summary>The value of -BaseUri; null if it was not specified.</summary>
    public Uri? BaseUri { get; init; }

    /// <summary>The value of -AccessToken; null if it was not specified.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>Returns another access token, or why there is none; null if there is only one.</summary>
    public Func<(SecureString? Token, string? Fault)>? ReadToken { get; init; }

    /// <summary>The user name of -Credential; null if it was not specified.</summary>
    public string? Email { get; init; }

    /// <summary>The password of -Credential; null if it was not specified.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The name of the connection in the session; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The proxy; null for the proxy of the system.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The timeouts and the number of retries.</summary>
    public RequestTiming Timing { get; init; } = RequestTiming.Default;

    /// <summary>Receives each attempt of a request; null for no log.</summary>
    public RequestLog? RequestLog { get; init; }

    private bool IsLogin => Email is not null || Password is not null;

    /// <summary>
    /// Returns a plan for the connection, or an error that says what is wrong with the input. Nothing is guessed.
    /// </summary>
    /// <param name="readVariable">Reads an environment variable; returns null if it is not set.</param>
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
                return (null, Invalid(InputMessages.TokenForOtherAddress));
            }

            token = SecretText.Wrap(text.AsSpan());
            tokenName = ConnectionPlan.AccessTokenVariable;
        }

        error = ValidateIdentity(token, tokenName);
        return error is not null ? (null, error) : (new ConnectionPlan
        {
            BaseUri = BaseAddressRules.Normalize(address),
            Environment = NameOf(address),
            AccessToken = token,
            ReadToken = ReadToken,
            Email = Email,
            Password = Password,
            Timing = Timing,
            Name = Name,
            Proxy = Proxy,
            RequestLog = RequestLog,
        }, null);
    }

    private static CadenzaErrorReport Invalid(string message) =>
        ErrorCatalog.ForInput(CadenzaErrorKind.InvalidConnection, message);

    private static string NameOf(Uri address)
    {
        foreach (CadenzaEnvironment environment in Environments)
        {
            const UriComponents Server = UriComponents.SchemeAndServer;
            Uri known = ConnectionPlan.AddressOf(environment);
            if (Uri.Compare(address, known, Server, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return environment.ToString();
            }
        }

        return "Custom";
    }

    /// <summary>
    /// The token of the environment variables belongs to their address and must not be sent to another host.
    /// </summary>
    private static bool IsAddressOfVariables(Uri address, Func<string, string?> readVariable) =>
        FindAddressOfVariables(readVariable).Address is Uri own
        && BaseAddressRules.Normalize(own) == BaseAddressRules.Normalize(address);

    private CadenzaErrorReport? ValidateIdentity(SecureString? token, string tokenName)
    {
        if (IsLogin)
        {
            return ValidateLogin() is string loginFault ? Invalid(loginFault) : null;
        }

        if (token is null)
        {
            return ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, InputMessages.NoToken);
        }

        return SecretText.ValidateToken(token) is string fault
            ? Invalid(InputMessages.UnusableToken(tokenName, fault))
            : null;
    }

    private string? ValidateLogin()
    {
        if (AccessToken is not null)
        {
            return InputMessages.TokenAndLogin;
        }

        if (string.IsNullOrWhiteSpace(Email))
        {
            return InputMessages.LoginWithoutName;
        }

        if (Email!.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return InputMessages.InvalidLoginName;
        }

        if (SecretText.IsBlank(Password))
        {
            return InputMessages.LoginWithoutPassword;
        }

        return KeyRules.FindPasswordFault(Password!) is string fault
            ? InputMessages.InvalidPassword(fault)
            : null;
    }

    private (Uri? Address, CadenzaErrorReport? Error) FindAddress(Func<string, string?> readVariable)
    {
        if (Environment is not null && BaseUri is not null)
        {
            return (null, Invalid(InputMessages.TwoAddresses));
        }

        if (BaseUri is not null)
        {
            return Validate(BaseUri, "-BaseUri");
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
            (false, false) => (null, Invalid(InputMessages.TwoAddressVariables)),
            (false, true) => Validate(
                Uri.TryCreate(url!.Trim(), UriKind.Absolute, out Uri? uri) ? uri : null,
                ConnectionPlan.BaseUrlVariable),
            (true, false) => FromName(name!.Trim(), ConnectionPlan.EnvironmentVariable),
            _ => (null, ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, InputMessages.NoAddress)),
        };
    }

    private static (Uri?, CadenzaErrorReport?) Validate(Uri? address, string source)
    {
        string? fault = address is null ? InputMessages.NoAbsoluteAddress : BaseAddressRules.Validate(address);
        return fault is null ? (address, null) : (null, Invalid($"{source} {fault}."));
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

        return (null, Invalid(InputMessages.UnknownEnvironment(source)));
    }
}
