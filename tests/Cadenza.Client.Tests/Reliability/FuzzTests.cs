using Cadenza.Client.Text;

namespace Cadenza.Client.Tests.Reliability;

/// <summary>
/// Whatever bytes a server sends: a result, row errors or an ApiException come out, and nothing else, soon. Runs alone,
/// since it measures the memory of the process.
/// </summary>
[Collection(nameof(FuzzTests))]
[CollectionDefinition(nameof(FuzzTests), DisableParallelization = true)]
public sealed class FuzzTests
{
    private static readonly int Bodies = ScheduleCount.Scale(100_000);

    private static readonly string[] Seeds =
    [
        """{"data":[{"credentialId":"550e8400-e29b-41d4-a716-446655440000","venue":"BINANCE","credentialType":"EXCHANGE","nickname":"desk \"7\" \u00e9","status":"VERIFIED","identities":["spot","margin"],"createdAt":1704067200000,"updatedAt":1704153600000},{"credentialId":"x-2","type":null,"name":"b","status":"ODD"}],"success":true,"errno":0,"error":null,"pagination":{"offset":0,"limit":50,"total":2}}""",
        """{"errno":0,"pagination":{"cursor":"c","total":1,"hasNext":false},"data":[{"credentialId":"046b6c7f","createdAtDateTime":"2000-01-23T04:56:07.000+00:00","updatedAt":"1632933600000","extra":{"a":[1,2.5,{"b":null}],"apiSecret":"s"}}],"success":true}""",
        """{"data":{"credentialId":"660e8400-e29b-41d4-a716-446655440000","userId":"u","venue":"OKX","name":"n","type":"EXCHANGE","status":"REVOKED","apiKey":"abc123***","createdAt":1703052635110,"revokedAt":1703052700000},"success":true,"errno":0,"error":null}""",
        """{"data":null,"success":false,"errno":-130001,"error":"Credential is already revoked","details":{"request_id":"req-1","code":"X","metadata":{"k":""}}}""",
    ];

    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "-1", "1e999", "\"data\":", "\"errno\":-1,", "\\u0000",
        "\\ud800", "\u001b[31m", "\uFEFF", "{\"a\":", "[[[[[[[[",
    ];

    [Fact]
    [Trait(TestSpeed.Trait, TestSpeed.Slow)]
    public async Task Any_bytes_give_a_result_or_a_Cadenza_error_and_nothing_else()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var random = new Prng(20261121);
        var server = new InMemoryServer("");
        using CadenzaClient client = CadenzaClient.FromAccessToken(
            new CadenzaClientOptions(new Uri("https://fuzz.invalid/"))
            {
                Handler = server,
                MaxRetries = 0,

                // A change that is not done is read back for this time, which passes at once.
                RetryTimeout = TimeSpan.FromSeconds(1),
                TimeProvider = new SkippingTimeProvider(),
            },
            SecretText.Wrap("fuzz-token"));
        int succeeded = 0;
        int failed = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Bodies; i++)
        {
            server.Body = Mutate(Encoding.UTF8.GetBytes(random.Pick(Seeds)), random);
            server.Status =
                random.Next(8) == 0
                    ? (HttpStatusCode)random.Pick([201, 204, 400, 401, 404, 409, 429, 500, 502, 503])
                    : HttpStatusCode.OK;
            try
            {
                await AskAsync(client, i);
                succeeded++;
            }
            catch (ApiException e) when (e.Kind == CadenzaErrorKind.NotCompleted)
            {
                // The body was read: it shows a credential that is not revoked yet.
                succeeded++;
            }
            catch (ApiException e)
            {
                failed++;
                Assert.DoesNotContain(e.Message, static c => c < ' ' || (c >= '\u007f' && c <= '\u009f'));
                Assert.InRange(e.Message.Length, 1, 1200);
            }
            catch (Exception e)
            {
                Assert.Fail($"Body {i}: {e.GetType().Name}: {e.Message}\n{Convert.ToHexString(server.Body)}");
            }
        }

        // Mutations that change nothing of weight must be read, or the test would prove nothing.
        Assert.True(succeeded > Bodies / 20, $"Only {succeeded} bodies were read.");
        Assert.True(failed > Bodies / 20, $"Only {failed} bodies were refused.");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
    }

    private static Task AskAsync(CadenzaClient client, int i) =>
        (i % 3) switch
        {
            0 => client.RevokeCredentialAsync("660e8400-e29b-41d4-a716-446655440000"),
            1 => client.VerifyCredentialAsync("660e8400-e29b-41d4-a716-446655440000"),
            _ => client.ListCredentialsAsync(CredentialFilter.All, CheckRow, CancellationToken.None),
        };

    private static void CheckRow(CredentialRow row)
    {
        if (row.Credential is CadenzaCredential credential)
        {
            Assert.Null(CredentialIdRules.Validate(credential.CredentialId));
            Assert.DoesNotContain(credential.ToString(), static c => c < ' ');
        }
        else
        {
            Assert.True(row.Error is not null || row.Warning is not null);
        }
    }

    private static byte[] Mutate(byte[] body, Prng random)
    {
        List<byte> bytes = [.. body];
        for (int n = random.Next(4); n >= 0 && bytes.Count > 0; n--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(1 + random.Next(12), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Pick(Tokens)));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + random.Next(60), bytes.Count - at)));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
