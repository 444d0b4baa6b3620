using Cadenza.Client.Json;

namespace Cadenza.Client.Tests.Support;

internal static class EnvelopeReaderExtensions
{
    /// <summary>Moves to the next element of a body that is still arriving. Returns false at the end.</summary>
    public static async ValueTask<bool> MoveNextAsync(this EnvelopeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (reader.Advance())
            {
                case ReadStep.Element: return true;
                case ReadStep.End: return false;
                default: await reader.FillAsync(cancellationToken); break;
            }
        }
    }

    /// <summary>The elements up to the end of the body.</summary>
    public static async Task<List<string>> ReadToEndAsync(this EnvelopeReader reader)
    {
        var elements = new List<string>();
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            elements.Add(Encoding.UTF8.GetString(reader.Current));
        }

        return elements;
    }
}
