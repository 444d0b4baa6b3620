namespace Cadenza.Commands.Tests.Journal;

/// <summary>A line of the journal is on the disk before the change that it announces is sent.</summary>
public sealed class JournalFlushTests : JournalTest
{
    private readonly List<string> _calls = [];

    [Fact]
    public async Task Lines_are_flushed_to_the_disk_before_they_count_as_written()
    {
        using JournalFile file = Open(canFlush: true);

        await AppendAsync(file);

        Assert.Equal(["Write", "Flush(True)"], _calls);
        Assert.Single(Folder.Lines);
    }

    [Fact]
    public async Task Lines_that_cannot_be_flushed_to_the_disk_are_an_error()
    {
        using JournalFile file = Open(canFlush: false);

        JournalException e = await Assert.ThrowsAsync<JournalException>(() => AppendAsync(file));

        TextAssert.Contains("the disk is full", e.Message);
    }

    private static Task AppendAsync(JournalFile file) =>
        file.AppendAsync(Guid.NewGuid().ToString("N"), static _ => [JournalFolder.Entry(JournalEvent.Intent)]);

    private JournalFile Open(bool canFlush) => new(Folder.File)
    {
        OpenFile = (path, mode, share) => new RecordingFile(path, mode, share, _calls, canFlush),
    };

    private sealed class RecordingFile(string path, FileMode mode, FileShare share, List<string> calls, bool canFlush)
        : FileStream(path, mode, FileAccess.ReadWrite, share)
    {
        public override void Write(byte[] array, int offset, int count)
        {
            calls.Add(nameof(Write));
            base.Write(array, offset, count);
        }

        public override void Flush(bool flushToDisk)
        {
            // Disposing the file flushes it, too.
            if (flushToDisk)
            {
                calls.Add($"Flush({flushToDisk})");
                if (!canFlush)
                {
                    throw new IOException("the disk is full");
                }
            }

            base.Flush(flushToDisk);
        }
    }
}
