using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Connections;

/// <summary>A connection to the API, with its server, user, and token expiry. It does not show the token.</summary>
public sealed class CadenzaConnection : IDisposable
{
    private readonly CadenzaClient _client;
    private int _productionWarnings;
    private int _tokenWarnings;

    private CadenzaConnection(CadenzaClient client, ConnectionPlan plan, SignedInUser? user)
    {
        _client = client;
        BaseUri = plan.BaseUri;
        Environment = plan.Environment;
        Name = plan.Name;
        IsLogin = plan.AccessToken is null;
        RenewsToken = IsLogin || plan.ReadToken is not null;
        User = user?.ToString() ?? plan.Email;
        TimeProvider = plan.TimeProvider;
        ConnectedAt = TimeProvider.GetUtcNow();
    }

    /// <summary>The name from Connect-Cadenza -Name; null if the connection has no name.</summary>
    public string? Name { get; }

    /// <summary>Uat, Production, Sandbox, or Custom.</summary>
    public string Environment { get; }

    /// <summary>The host, with the port if it is not the default port.</summary>
    public string Host => BaseUri.IsDefaultPort ? BaseUri.Host : BaseUri.Authority;

    /// <summary>
    /// The server of objects that are read with this connection: the host, with the port and the path if they are not
    /// the default.
    /// </summary>
    public string Server => _client.Server;

    /// <summary>The base address of the API.</summary>
    public Uri BaseUri { get; }

    /// <summary>The email address of the signed-in user; null if the token was not checked.</summary>
    public string? User { get; }

    /// <summary>
    /// When the access token expires, in UTC; null if not known. A login renews the token automatically.
    /// </summary>
    public DateTimeOffset? TokenExpiresAt => _client.TokenExpiresAt;

    /// <summary>Whether the connection was opened with email and password, so that it can renew its token.</summary>
    public bool IsLogin { get; }

    /// <summary>When the connection was opened, in UTC.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Whether the connection is closed. A closed connection cannot be used.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the connection can renew its token, by a login or by a script.</summary>
    internal bool RenewsToken { get; }

    /// <summary>The time for everything that belongs to this connection.</summary>
    internal TimeProvider TimeProvider { get; }

    /// <summary>Returns true once per connection: the caller then warns that the token expires soon.</summary>
    internal bool TryStartTokenWarning() => Interlocked.Exchange(ref _tokenWarnings, 1) == 0;

    /// <summary>Returns true once per connection to Production: the caller then warns about the change.</summary>
    internal bool TryStartProductionWarning() =>
        Environment == nameof(CadenzaEnvironment.Production) && Interlocked.Exchange(ref _productionWarnings, 1) == 0;

    /// <summary>
    /// Returns the client of this connection. It is a method so that views and serializers do not read it.
    /// </summary>
    public CadenzaClient GetClient() => _client;

    /// <summary>Opens a connection: signs in with email and password, or checks the access token.</summary>
    /// <param name="plan">The server and the user.</param>
    /// <param name="skipCheck">Whether to use an access token without a request that checks it.</param>
    /// <param name="observer">Observes the requests; null for no observer.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ApiException">The login or the check failed.</exception>
    internal static async Task<CadenzaConnection> OpenAsync(
        ConnectionPlan plan,
        bool skipCheck,
        IRequestObserver? observer = null,
        CancellationToken cancellationToken = default)
    {
        CadenzaClientOptions options = CreateOptions(plan);
        if (plan.AccessToken is null)
        {
            (CadenzaClient session, SignedInUser? who) = await CadenzaClient
                .LoginAsync(options, plan.Email!, plan.Password!, observer, cancellationToken).ConfigureAwait(false);
            return new CadenzaConnection(session, plan, who);
        }

        CadenzaClient client = plan.ReadToken is null
            ? CadenzaClient.FromAccessToken(options, plan.AccessToken)
            : CadenzaClient.FromAccessToken(options, plan.AccessToken, plan.ReadToken);
        try
        {
            SignedInUser? user = skipCheck
                ? null
                : await client.ObservedBy(observer).GetCurrentUserAsync(cancellationToken).ConfigureAwait(false);
            return new CadenzaConnection(client, plan, user);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection with the access token of the plan. Sends no request.</summary>
    internal static CadenzaConnection OpenUnchecked(ConnectionPlan plan) =>
        new(CadenzaClient.FromAccessToken(CreateOptions(plan), plan.AccessToken!), plan, user: null);

    /// <summary>Returns the environment and the host.</summary>
    public override string ToString() => $"{Environment} ({Host})";

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _client.Dispose();
    }

    private static CadenzaClientOptions CreateOptions(ConnectionPlan plan) =>
        new(plan.BaseUri)
        {
            Handler = plan.Handler,
            Proxy = plan.Proxy,
            AttemptTimeout = plan.Timing.AttemptTimeout,
            RetryTimeout = plan.Timing.RetryTimeout,
            MaxRetries = plan.Timing.MaxRetries,
            MaxRequestsPerMinute = plan.Timing.MaxPerMinute,
            TimeProvider = plan.TimeProvider,
            RequestLog = plan.RequestLog,
        };
}
