using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Cadenza.Client.Tests.Reliability;

public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_that_the_platform_does_not_trust_ends_the_call_before_anything_is_sent()
    {
        using X509Certificate2 certificate = CreateCertificate("CN=localhost");
        byte[] received = await ServeOnceAsync(
            certificate,
            async client =>
            {
                ApiException error = await client.RevokeCredentialAsync("some-id")
                    .FailsAsync(CadenzaErrorKind.CertificateRejected, RequestOutcome.NotSent);
                Assert.Equal(1, error.Attempts);
            });
        Assert.Empty(received);
    }

    [Fact]
    public async Task A_server_that_speaks_no_TLS_gets_nothing()
    {
        byte[] received = await ServeOnceAsync(
            certificate: null,
            async client =>
            {
                ApiException error = await client.RevokeCredentialAsync("some-id").FailsAsync();
                Assert.Equal(RequestOutcome.NotSent, error.Outcome);
            });

        // What it got is the TLS greeting: a handshake record, in which there is no request yet.
        Assert.Equal(0x16, received[0]);
        Assert.Equal(-1, received.AsSpan().IndexOf("revoke"u8));
    }

    /// <summary>
    /// Accepts connections until the client is done, and gives back what it read of them, decrypted where there is a
    /// certificate.
    /// </summary>
    private static async Task<byte[]> ServeOnceAsync(X509Certificate2? certificate, Func<CadenzaClient, Task> act)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource(Bound.Time);
        using var received = new MemoryStream();
        Task serving = ServeAsync(listener, certificate, received, stop.Token);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using (CadenzaClient client = TestClients.Create(new Uri($"https://localhost:{port}/")))
        {
            await act(client).Bounded();
        }

        await stop.CancelAsync();
        await serving.Bounded();
        return received.ToArray();
    }

    private static async Task ServeAsync(
        TcpListener listener,
        X509Certificate2? certificate,
        MemoryStream received,
        CancellationToken stop)
    {
        try
        {
            while (true)
            {
                using TcpClient connection = await listener.AcceptTcpClientAsync(stop);
                await ReadAllAsync(connection, certificate, received, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is done.
        }
    }

    private static async Task ReadAllAsync(
        TcpClient connection,
        X509Certificate2? certificate,
        MemoryStream received,
        CancellationToken stop)
    {
        try
        {
            Stream stream = connection.GetStream();
            if (certificate is null)
            {
                byte[] greeting = new byte[4096];
                int read = await stream.ReadAsync(greeting, stop);
                received.Write(greeting, 0, read);
                await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), stop);
                return;
            }

            using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate },
                stop);
            await tls.CopyToAsync(received, stop);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, as it should.
        }
    }

    private static X509Certificate2 CreateCertificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1));

        // Windows wants the key from a file-like import.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
