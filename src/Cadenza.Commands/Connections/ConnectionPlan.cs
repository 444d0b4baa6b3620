using System;
using System.Net.Http;
using System.Security;
using Cadenza.Client.Http;

namespace Cadenza.Commands.Connections;

/// <summary>The validated settings of a connection, from parameters and environment variables.</summary>
internal sealed class ConnectionPlan
{
    /// <summary>The environment variable for the access token.</summary>
    public const string AccessTokenVariable = "CADENZA_ACCESS_TOKEN";

    /// <summary>The environment variable for the Cadenza environment.</summary>
    public const string EnvironmentVariable = "CADENZA_ENVIRONMENT";

    /// <summary>The environment variable for the base address.</summary>
    public const string BaseUrlVariable = "CADENZA_BASE_URL";

    /// <summary>The base address of the API.</summary>
    public required Uri BaseUri { get; init; }

    /// <summary>Uat, Production, Sandbox, or Custom for any other address.</summary>
    public required string Environment { get; init; }

    /// <summary>The access token; null for a login.</summary>
    public SecureString? AccessToken { get; init; }

    /// <summary>
    /// Returns another access token, or why there is none, on the thread of a command; null if there is only one.
    /// </summary>
    public Func<(SecureString? Token, string? Fault)>? ReadToken { get; init; }

    /// <summary>The email address for a login; null for an access token.</summary>
    public string? Email { get; init; }

    /// <summary>The password for a login; null for an access token.</summary>
    public SecureString? Password { get; init; }

    /// <summary>The name of the connection in the session; null for no name.</summary>
    public string? Name { get; init; }

    /// <summary>The proxy; null to use the settings of the platform and the environment variables.</summary>
    public System.Net.IWebProxy? Proxy { get; init; }

    /// <summary>A handler that replaces the network, such as the sandbox; null to use the network.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The timeouts and the number of retries.</summary>
    public RequestTiming Timing { get; init; } = RequestTiming.Default;

    /// <summary>Receives each attempt of a request; null for no log.</summary>
    public RequestLog? RequestLog { get; init; }

    /// <summary>The time of the connection. Tests replace it.</summary>
    internal TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Returns the base address of an environment.</summary>
    public static Uri AddressOf(CadenzaEnvironment environment) => environment switch
    {
        CadenzaEnvironment.Uat => new Uri("https://cadenza-api-uat.algo724.com/"),
        CadenzaEnvironment.Production => new Uri("https://cadenza-api.algo724.com/"),
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "The environment is unknown."),
    };
}
