using System.Diagnostics;
using System.Globalization;
using System.Security;
using Cadenza.Client;
using Cadenza.Client.Http;
using Cadenza.Client.Models;

namespace Cadenza.Benchmarks;

/// <summary>Lists with the client of the module, without PowerShell.</summary>
internal static class ListingClient
{
    /// <summary>Prints one line for each list. The first one is cold.</summary>
    public static async Task RunAsync(Uri address, int repeats)
    {
        using var token = new SecureString();
        foreach (char c in Canned.Token)
        {
            token.AppendChar(c);
        }

        using var client = CadenzaClient.FromAccessToken(new CadenzaClientOptions(address), token);
        for (int i = 0; i < repeats; i++)
        {
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            int count = 0;
            await client.ListCredentialsAsync(CredentialFilter.All, row => count += row.Credential is null ? 0 : 1);
            double ms = watch.Elapsed.TotalMilliseconds;
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            string work = i == 0 ? "cold" : "warm";
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"work\":\"{work}\",\"ms\":{ms:0.000},\"allocated\":{bytes},\"count\":{count}}}"));

            // Pauses, so that the runtime can recompile hot methods in the background.
            await Task.Delay(200);
        }
    }
}
