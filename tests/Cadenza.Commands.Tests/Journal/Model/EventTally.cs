using System.Collections.Concurrent;

namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>Counts what happened, so that the test shows that it happened. Thread-safe.</summary>
internal sealed class EventTally
{
    public const string Killed = "killed processes";
    public const string NotWritten = "processes with a line that was not written";
    public const string Cut = "processes whose journal was cut";

    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(string name, int count = 1) => _counts.AddOrUpdate(name, count, (_, old) => old + count);

    public int CountOf(string name) => _counts.GetValueOrDefault(name);

    public override string ToString() => string.Join(
        "\n",
        _counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Select(static pair => $"{pair.Key}: {pair.Value}"));
}
