namespace Cadenza.Commands.Tests.Journal.Model;

/// <summary>The disk as one process sees it: writes to the journal can fail, or end with the process.</summary>
internal sealed class ProcessDisk(ModelProcess process)
{
    private readonly ModelFault _fault = process.Command.Fault.IsOfDisk ? process.Command.Fault : ModelFault.None;
    private int _writes;

    /// <summary>Whether the fault has occurred.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether everything that was written is on the disk.</summary>
    public bool IsFlushed { get; private set; } = true;

    /// <summary>The length of the journal that the process has last read or written.</summary>
    public long KnownLength { get; set; }

    public FileStream Open(string path, FileMode mode, FileShare share)
    {
        process.ThrowIfKilled();
        return new JournalStream(this, process, path, mode, share);
    }

    private sealed class JournalStream(
        ProcessDisk disk, ModelProcess process, string path, FileMode mode, FileShare share)
        : FileStream(path, mode, FileAccess.ReadWrite, share, bufferSize: 1)
    {
        public override void Write(byte[] array, int offset, int count)
        {
            process.ThrowIfKilled();
            process.Check(IsAtStartOfLine(), "A line is appended to an incomplete line.");
            disk.IsFlushed = false;
            bool isFirst = !disk.HasFailed;
            if (!disk._fault.Concerns(disk._writes++))
            {
                base.Write(array, offset, count);
                disk.KnownLength = Position;
                return;
            }

            disk.HasFailed = true;
            if (disk._fault.Kind == FaultKind.FlushFails)
            {
                base.Write(array, offset, count);
                return;
            }

            base.Write(array, offset, isFirst ? count * disk._fault.Percent / 100 : 0);
            if (disk._fault.Kind == FaultKind.CrashInWrite)
            {
                process.Kill();
            }

            throw new IOException("There is not enough space on the disk.");
        }

        public override void WriteByte(byte value)
        {
            process.ThrowIfKilled();
            base.WriteByte(value);
        }

        public override void Flush(bool flushToDisk)
        {
            if (flushToDisk && disk.HasFailed && disk._fault.Kind == FaultKind.FlushFails
                && disk._fault.Concerns(disk._writes - 1))
            {
                throw new IOException("The disk does not respond.");
            }

            disk.IsFlushed |= flushToDisk;
            base.Flush(flushToDisk && process.System.UsesDisk);
        }

        private bool IsAtStartOfLine()
        {
            if (Length == 0)
            {
                return true;
            }

            Seek(-1, SeekOrigin.End);
            return ReadByte() == '\n';
        }
    }
}
