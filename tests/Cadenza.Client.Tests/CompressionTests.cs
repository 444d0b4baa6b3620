using System.IO.Compression;

namespace Cadenza.Client.Tests;

/// <summary>An answer may come compressed, says the same, and is trusted no more than any other.</summary>
public sealed class CompressionTests
{
    private static readonly string[] Known = ["gzip", "deflate"];

    public static TheoryData<string> Encodings => [.. Known];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_compressed_answer_says_the_same(string encoding)
    {
        string[] ids = [.. Enumerable.Range(0, 3000).Select(static i => $"{i}")];
        await using var server = ScriptedServer.Running(request =>
            request switch
            {
                { Method: "GET" } => Compressed(encoding, Wire.List([.. ids.Select(static id => Wire.Credential(id))])),
                _ when request.Path.EndsWith("rotate", StringComparison.Ordinal) => Compressed(
                    encoding,
                    Wire.Failure(-130002, "accounts active"),
                    409),
                _ => Compressed(encoding, Wire.Item(Wire.Credential("a", "REVOKED"))),
            });

        ListResult list = await ListResult.OfAsync(server.Client);
        CadenzaCredential revoked = await server.Client.RevokeCredentialAsync("a").Bounded();
        ApiException refused = await server.Client.RotateCredentialAsync("a", TestClients.Keys()).FailsAsync();

        list.AssertComplete(ids);
        Assert.Equal(("a", "REVOKED"), (revoked.CredentialId, revoked.Status));
        Assert.Equal(
            (RequestOutcome.Rejected, "accounts active (HTTP 409, errno -130002)."),
            (refused.Outcome, refused.Message));
        Assert.All(
            server.Requests,
            static request => Assert.Equal(Known, request.Header("Accept-Encoding")!.Split(", ")));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_compressed_list_comes_out_as_it_comes_in(string encoding)
    {
        using var body = new MemoryStream();
        Stream packing = Pack(encoding, body);
        byte[] first = await TakeAsync("{\"data\":[" + Wire.Credential("a") + ",");
        byte[] rest = await TakeAsync(Wire.Credential("b") + "],\"success\":true}", isLast: true);
        var clientHasFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Answering(
            async (peer, token) =>
            {
                await peer.WriteAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                        + $"Content-Encoding: {encoding}\r\nContent-Length: {first.Length + rest.Length}\r\n\r\n",
                    token);
                await peer.Stream.WriteAsync(first, token);
                await clientHasFirst.Task.WaitAsync(token);
                await peer.Stream.WriteAsync(rest, token);
                return true;
            });
        int rows = 0;
        await server.Client
            .ListCredentialsAsync(
                CredentialFilter.All,
                row =>
                {
                    Assert.Equal(rows++ == 0 ? "a" : "b", row.Credential?.CredentialId);
                    clientHasFirst.TrySetResult();
                })
            .Bounded();

        Assert.Equal(2, rows);

        async Task<byte[]> TakeAsync(string text, bool isLast = false)
        {
            await packing.WriteAsync(Encoding.UTF8.GetBytes(text));
            await packing.FlushAsync();
            if (isLast)
            {
                await packing.DisposeAsync();
            }

            byte[] bytes = body.ToArray();
            body.SetLength(0);
            return bytes;
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task What_cannot_be_unpacked_is_a_bad_response(string encoding)
    {
        byte[] list = Bytes(
            encoding,
            Wire.List([
                .. Enumerable
                    .Range(0, 2000)
                    .Select(static i => Wire.Credential(Guid.NewGuid().ToString(), more: $",\"n\":{i}")),
            ]));
        byte[] item = Bytes(encoding, Wire.Item(Wire.Credential("a", "REVOKED")));
        foreach (bool isCut in new[] { true, false })
        {
            await using var server = ScriptedServer.Running(request =>
                Packed(encoding, Spoil(request.Method == "GET" ? list : item, isCut)));

            ListResult result = await ListResult.OfAsync(server.Client);
            await server.Client.RotateCredentialAsync("a", TestClients.Keys())
                .FailsAsync(CadenzaErrorKind.BadResponse, RequestOutcome.Unknown);

            Assert.Equal(CadenzaErrorKind.BadResponse, result.Failure?.Kind);
            Assert.InRange(result.Ids.Count, 0, 1999);
        }
    }

    [Fact]
    public async Task An_encoding_that_was_not_asked_for_is_a_bad_response()
    {
        ListResult result = await ListResult.FromAsync(Packed("zstd", [0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]));

        Assert.Equal(CadenzaErrorKind.BadResponse, result.Failure?.Kind);
        Assert.Empty(result.Rows);
    }

    private static byte[] Spoil(byte[] packed, bool isCut)
    {
        if (isCut)
        {
            return packed[..(packed.Length * 2 / 3)];
        }

        // The middle: in a list, rows have come by then.
        byte[] spoilt = [.. packed];
        Array.Fill(spoilt, (byte)0xFF, packed.Length / 2, Math.Min(40, packed.Length / 3));
        return spoilt;
    }

    private static Answer Compressed(string encoding, string body, int status = 200) =>
        Packed(encoding, Bytes(encoding, body), status);

    private static Answer Packed(string encoding, byte[] body, int status = 200) =>
        Answers.Bytes(body, status, "application/json", "Content-Encoding: " + encoding);

    private static byte[] Bytes(string encoding, string body)
    {
        using var bytes = new MemoryStream();
        using (Stream packing = Pack(encoding, bytes))
        {
            packing.Write(Encoding.UTF8.GetBytes(body));
        }

        return bytes.ToArray();
    }

    private static Stream Pack(string encoding, Stream into) =>
        encoding switch
        {
            "gzip" => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true),
            _ => new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true),
        };
}
