using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cadenza.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using static Cadenza.Commands.Tests.Support.ChangeRuns;

namespace Cadenza.Commands.Tests.Reliability;

/// <summary>
/// Over TLS, the client uses HTTP/2 if the server offers it, and reports lost responses correctly.
/// </summary>
public sealed class Http2Tests
{
#if CLIENT_NETSTANDARD
    // .NET Framework does not support HTTP/2.
    private const string Best = "HTTP/1.1";
#else
    private const string Best = "HTTP/2";
#endif

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, Best)]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task The_best_common_protocol_is_used(HttpProtocols protocols, string expected)
    {
        await using var server = await TlsServer.StartAsync(protocols, static async (context, id) =>
            await context.Response.WriteAsync(
                id is null
                    ? Wire.List(Wire.Credential("a"), Wire.Credential("b"))
                    : Wire.Item(Wire.Credential(id, "REVOKED"))));
        using CadenzaClient client = server.CreateClient();

        ListResult list = await ListResult.OfAsync(client);
        CadenzaCredential revoked = await client.RevokeCredentialAsync("a").Bounded();

        Assert.Equal(["a", "b"], list.Ids);
        Assert.Equal("REVOKED", revoked.Status);
        Assert.Equal([expected, expected], server.Protocols);
    }

#if !CLIENT_NETSTANDARD
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_stream_that_the_server_refuses_was_not_sent_and_only_the_client_repeats_it(int retries)
    {
        const int RefusedStream = 7;
        int bodies = 0;
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2, (context, id) =>
        {
            if (id is not null)
            {
                Interlocked.Increment(ref bodies);
            }

            context.Features.Get<IHttpResetFeature>()!.Reset(RefusedStream);
            return Task.CompletedTask;
        });
        using CadenzaClient client = server.CreateClient(retries);

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => client.RevokeCredentialAsync("a").Bounded());

        Assert.Equal((CadenzaErrorKind.ConnectionFailed, RequestOutcome.NotSent), (error.Kind, error.Outcome));
        Assert.Equal(retries + 1, bodies);
        Assert.Equal(retries + 1, error.Attempts);
    }
#endif

    [Fact]
    public async Task Fifty_concurrent_changes_use_one_connection()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int now = 0;
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2, async (context, id) =>
        {
            _ = Interlocked.Increment(ref now) == 50 && all.TrySetResult();
            await all.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync(Wire.Item(Wire.Credential(id!, "REVOKED")));
        });
        var host = new RecordingRuntime();
        using CadenzaConnection connection = TestConnections.Connect(
            server.Address, handler: TlsServer.CreateHandler());
        string[] ids = Ids(150);

        Run(connection, host, new() { ThrottleLimit = 50 }, Revokes(ids));

        Assert.Equal(ids.Order(), WrittenIds(host).Order());
        Assert.All(server.Protocols, static protocol => Assert.Equal(Best, protocol));
        Assert.Equal(150, server.Protocols.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_whose_response_was_lost_is_never_reported_as_not_made(bool isWholeConnection)
    {
        int effects = 0;
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2, async (context, id) =>
        {
            if (id is null)
            {
                await context.Response.WriteAsync(Wire.List(Wire.Credential("a", "REVOKED")));
            }
            else if (Interlocked.Increment(ref effects) > 1)
            {
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(Wire.Failure(-130001));
            }
            else if (isWholeConnection)
            {
                context.Features.Get<IConnectionLifetimeFeature>()!.Abort();
            }
            else
            {
                context.Abort();
            }
        });

        using (CadenzaClient client = server.CreateClient(retries: 0))
        {
            ApiException error = await Assert.ThrowsAsync<ApiException>(
                () => client.RotateCredentialAsync("a", TestClients.Keys()).Bounded());
            Assert.Equal(RequestOutcome.Unknown, error.Outcome);
            Assert.Equal(1, effects);
        }

        effects = 0;
        using (CadenzaClient client = server.CreateClient(retries: 1))
        {
            Assert.Equal("REVOKED", (await client.RevokeCredentialAsync("a").Bounded()).Status);
            Assert.Equal(2, effects);
        }
    }

    [Fact]
    public async Task A_list_that_is_reset_in_the_middle_returns_its_rows_and_then_the_error()
    {
        var hasRows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1AndHttp2, async (context, _) =>
        {
            await context.Response.WriteAsync("{\"data\":[" + Wire.Credential("a") + "," + Wire.Credential("b") + ",");
            await context.Response.Body.FlushAsync();
            await hasRows.Task.Bounded();
            context.Abort();
        });
        using CadenzaClient client = server.CreateClient();
        int rows = 0;

        ListResult result = await ListResult.OfAsync(client, onRow: _ =>
        {
            if (++rows == 2)
            {
                hasRows.SetResult();
            }
        });

        Assert.Equal(["a", "b"], result.Ids);
        TextAssert.Contains("ended after 2 credentials: the connection was lost", result.Failure!.Message);
    }

    /// <summary>Kestrel with a certificate of its own, which only <see cref="CreateHandler"/> accepts.</summary>
    private sealed class TlsServer(WebApplication app, ConcurrentQueue<string> protocols) : IAsyncDisposable
    {
        private static readonly X509Certificate2 Certificate = CreateCertificate();

        public Uri Address { get; } = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public IReadOnlyList<string> Protocols => [.. protocols];

        /// <summary>Answers with the id that the request names; null for a list.</summary>
        public static async Task<TlsServer> StartAsync(HttpProtocols protocols, Func<HttpContext, string?, Task> answer)
        {
            var spoken = new ConcurrentQueue<string>();
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, port: 0, listen =>
                {
                    listen.Protocols = protocols;
                    listen.UseHttps(Certificate);
                }));
            WebApplication app = builder.Build();
            app.Run(async context =>
            {
                spoken.Enqueue(context.Request.Protocol);
                string? id = context.Request.Method == "GET"
                    ? null
                    : (await JsonDocument.ParseAsync(context.Request.Body)).RootElement
                        .GetProperty("credentialId").GetString();
                context.Response.ContentType = "application/json";
                await answer(context, id);
            });
            await app.StartAsync();
            return new TlsServer(app, spoken);
        }

        public static SocketsHttpHandler CreateHandler() => new()
        {
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = static (_, certificate, _, _) =>
                    certificate?.GetCertHashString() == Certificate.Thumbprint,
            },
        };

        public CadenzaClient CreateClient(int retries = 0) => CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(Address)
            {
                Handler = CreateHandler(), MaxRetries = retries, TimeProvider = new SkippingTimeProvider(),
            }, SecretText.Wrap(TestClients.Token));

        public async ValueTask DisposeAsync()
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await app.StopAsync(soon.Token);
            await app.DisposeAsync();
        }

        private static X509Certificate2 CreateCertificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
            using X509Certificate2 certificate = request.CreateSelfSigned(
                DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

            // Export and import: some platforms use only imported keys for TLS servers.
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
