using System.Globalization;
using Cadenza.Benchmarks;

const string Usage = """
    usage: Cadenza.Benchmarks serve [--port N] [--count N] [--delay-ms N]
           Cadenza.Benchmarks drain <base address> [repeats]
           Cadenza.Benchmarks revoke <base address> <count> <concurrency> [repeats]
           Cadenza.Benchmarks list <base address> [repeats]
           Cadenza.Benchmarks spin
    drain and revoke print one line {"ms":…} for each repeat, after warm-up runs. list does not warm up.
    spin uses one processor until its input ends.
    """;
const int DefaultRepeats = 5;

switch (args)
{
    case ["serve", .. var options]:
        var server = new CannedServer(Option(options, "--count", 1000), Option(options, "--delay-ms", 0));
        await server.RunAsync(Option(options, "--port", 0));
        return 0;
    case ["drain", var address, .. var rest]:
        using (var client = new BareClient(address))
        {
            await RepeatAsync(client.DrainAsync, client.DrainAsync, rest);
        }

        return 0;
    case ["revoke", var address, var count, var concurrency, .. var rest]:
        using (var client = new BareClient(address))
        {
            int workers = Number(concurrency);
            await RepeatAsync(
                () => client.RevokeAsync(Number(count) / 4, workers),
                () => client.RevokeAsync(Number(count), workers),
                rest);
        }

        return 0;
    case ["list", var address, .. var rest]:
        await ListingClient.RunAsync(new Uri(address), rest is [var repeats, ..] ? Number(repeats) : DefaultRepeats);
        return 0;
    case ["spin"]:
        Task<int> stopped = Task.Run(Console.Read);
        while (!stopped.IsCompleted)
        {
            // Uses the processor.
        }

        return 0;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}

static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

static int Option(string[] options, string name, int defaultValue)
{
    int index = Array.IndexOf(options, name);
    return index < 0 ? defaultValue : Number(options[index + 1]);
}

static async Task RepeatAsync(Func<Task<double>> warmUp, Func<Task<double>> run, string[] rest)
{
    for (int i = 0; i < 3; i++)
    {
        await warmUp();
    }

    for (int i = 0; i < (rest is [var repeats, ..] ? Number(repeats) : DefaultRepeats); i++)
    {
        double ms = await run();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"ms\":{ms:0.000}}}"));
    }
}
