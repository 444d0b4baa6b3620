using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Connections;

/// <summary>A connection as its user sees it: where to, as whom, until when. Holds the client; shows no token.</summary>
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
        User = user?.ToString() ?? plan.Email;
        ConnectedAt = DateTimeOffset.UtcNow;
    }

    /// <summary>The name given by Connect-Cadenza -Name; null for none.</summary>
    public string? Name { get; }

    /// <summary>Uat, Production, Sandbox, or Custom.</summary>
    public string Environment { get; }

    /// <summary>The host, with the port where it is not the usual one.</summary>
    public string Host => BaseUri.IsDefaultPort ? BaseUri.Host : BaseUri.Authority;

    /// <summary>The base address.</summary>
    public Uri BaseUri { get; }

    /// <summary>The signed-in user's email; null where it was not checked.</summary>
    public string? User { get; }

    /// <summary>When the access token ends, as far as is known (UTC). A login renews it by itself.</summary>
    public DateTimeOffset? TokenExpiresAt => _client.TokenExpiresAt;

    /// <summary>Whether the connection was made by email and password, and so renews its token.</summary>
    public bool IsLogin { get; }

    /// <summary>When the connection was made (UTC).</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>Whether the connection was closed: it cannot be used any more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the warning of a token that ends is still to be given: once for each connection.</summary>
    internal bool TakeTokenWarning() => Interlocked.Exchange(ref _tokenWarnings, 1) == 0;

    /// <summary>Whether the warning of a change in production is still to be given: once for each connection.</summary>
    internal bool TakeProductionWarning() =>
        Environment == nameof(CadenzaEnvironment.Production) && Interlocked.Exchange(ref _productionWarnings, 1) == 0;

    /// <summary>The client of this connection. A method, so that no view and no serializer walks into it.</summary>
    public CadenzaClient GetClient() => _client;

    /// <summary>Connects as planned: signs in where a login is asked for, and checks the token unless told not to.</summary>
    /// <exception cref="ApiException">The login or the check failed.</exception>
    public static async Task<CadenzaConnection> OpenAsync(
        ConnectionPlan plan, bool skipCheck, IRequestObserver? observer = null, CancellationToken cancellationToken = default)
    {
        CadenzaClientOptions options = OptionsOf(plan);
        if (plan.AccessToken is null)
        {
            (CadenzaClient session, SignedInUser? who) = await CadenzaClient
                .LoginAsync(options, plan.Email!, plan.Password!, observer, cancellationToken).ConfigureAwait(false);
            return new CadenzaConnection(session, plan, who);
        }

        var client = CadenzaClient.FromAccessToken(options, plan.AccessToken);
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

    /// <summary>Makes a connection with the plan's token without asking the server: nothing is sent yet.</summary>
    public static CadenzaConnection OpenUnchecked(ConnectionPlan plan) =>
        new(CadenzaClient.FromAccessToken(OptionsOf(plan), plan.AccessToken!), plan, user: null);

    /// <summary>The host.</summary>
    public override string ToString() => $"{Environment} ({Host})";

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _client.Dispose();
    }

    private static CadenzaClientOptions OptionsOf(ConnectionPlan plan) =>
        new(plan.BaseUri)
        {
            Handler = plan.Handler,
            Proxy = plan.Proxy,
            AttemptTimeout = plan.Timing.AttemptTimeout,
            RetryTimeout = plan.Timing.RetryTimeout,
            MaxRetries = plan.Timing.MaxRetries,
        };
}
