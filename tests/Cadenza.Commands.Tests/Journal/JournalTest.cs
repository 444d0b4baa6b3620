namespace Cadenza.Commands.Tests.Journal;

/// <summary>The base of tests with a journal in a temporary folder.</summary>
public abstract class JournalTest : IDisposable
{
    private protected JournalFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
