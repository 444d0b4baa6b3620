using System;
using System.Net.Http;
using System.Security;

namespace Cadenza.Commands.Connections;

/// <summary>Where to connect and as whom: what a caller gave, completed from environment variables, checked, and not yet used.</summary>
public sealed class ConnectionPlan
{
    /// <summary>The variable that holds an access token.</summary>
    public const string AccessTokenVariable = "CADENZA_ACCESS_TOKEN";

    /// <summary>The variable that names an environment.</summary>
    public const string EnvironmentVariable = "CADENZA_ENVIRONMENT";

    /// <summary>The variable that holds a base address.</summary>
    public const string BaseUrlVariable = "CADENZA_BASE_URL";

    /// <summary>The base address.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>Uat, Production, Sandbox, or Custom for any other address.</summary>
    public required string Environment { get; init; }

    /// <summary>The access token; null for a login.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>The email for a login; null for a token.</summary>
    public string? Email { get; init; }

    /// <summary>The password for a login; null for a token.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The name by which a session knows the connection; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The proxy to go through; null for the one of the platform's settings and environment variables.</summary>
    public System.Net.IWebProxy? Proxy { get; init; }

    /// <summary>Stands in for the network, such as the sandbox; null for the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How long and how often requests are tried.</summary>
    public RequestTiming Timing { get; init; } = RequestTiming.Default;

    /// <summary>The address of an environment.</summary>
    public static Uri AddressOf(CadenzaEnvironment environment) => environment switch
    {
        CadenzaEnvironment.Uat => new Uri("https://cadenza-api-uat.algo724.com/"),
        CadenzaEnvironment.Production => new Uri("https://cadenza-api.algo724.com/"),
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "There is no such environment."),
    };
}
