using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Cadenza.Commands.Journal;

/// <summary>Writes lines to a journal. Lines that arrive during a write are written together afterwards.</summary>
/// <param name="file">The file. The writer closes it.</param>
/// <param name="run">The id of the run.</param>
/// <param name="gate">The lock that guards the state of the journal.</param>
/// <param name="addOthers">Called with the lines of other runs, under the lock.</param>
/// <param name="mayWrite">Whether a line may still be written after them, under the lock.</param>
internal sealed class JournalWriter(
    JournalFile file,
    string run,
    object gate,
    Action<IEnumerable<JournalEntry>> addOthers,
    Func<PendingLine, bool> mayWrite) : IDisposable
{
    private List<PendingLine> _pending = [];
    private bool _isWriting;
    private bool _isDisposed;

    /// <summary>The intents without an outcome. Until it is 0, other runs must not regard this run as ended.</summary>
    private int _open;

    /// <summary>Writes a line. Returns false if it may no longer be written.</summary>
    /// <exception cref="JournalException">The line could not be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the line was written.</exception>
    public async Task<bool> WriteAsync(PendingLine line, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            _pending.Add(line);
            if (!_isWriting)
            {
                _isWriting = true;
                _ = Task.Run(WriteAllAsync, CancellationToken.None);
            }
        }

        using (cancellationToken.Register(() => Withdraw(line)))
        {
            return await line.Written.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Closes the file when no line is being written and each intent has an outcome.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            _isDisposed = true;
            CloseIfDone();
        }
    }

    /// <summary>Cancels a line that is not yet being written.</summary>
    private void Withdraw(PendingLine line)
    {
        lock (gate)
        {
            line.IsWithdrawn = !line.IsSelected;
            if (!line.IsWithdrawn)
            {
                return;
            }
        }

        line.Written.TrySetCanceled();
    }

    private async Task WriteAllAsync()
    {
        while (TakeBatch() is List<PendingLine> batch)
        {
            try
            {
                await file.AppendAsync(run, others => Select(batch, others)).ConfigureAwait(false);
                Conclude(batch, failure: null);
            }
            catch (Exception e)
            {
                Conclude(batch, e);
            }
        }
    }

    private List<PendingLine>? TakeBatch()
    {
        lock (gate)
        {
            if (_pending.Count == 0)
            {
                _isWriting = false;
                CloseIfDone();
                return null;
            }

            List<PendingLine> batch = _pending;
            _pending = [];
            return batch;
        }
    }

    private List<JournalEntry> Select(List<PendingLine> batch, IReadOnlyList<JournalEntry> others)
    {
        lock (gate)
        {
            addOthers(others);
            batch.ForEach(line => line.IsSelected = !line.IsWithdrawn && mayWrite(line));
            return [.. batch.Where(static line => line.IsSelected).Select(static line => line.Entry)];
        }
    }

    private void Conclude(List<PendingLine> batch, Exception? failure)
    {
        lock (gate)
        {
            foreach (PendingLine line in batch)
            {
                _open += line.IsIntent ? (line.IsSelected && failure is null ? 1 : 0) : line.IsEnd ? -1 : 0;
            }
        }

        foreach (PendingLine line in batch)
        {
            _ = failure is null ? line.Written.TrySetResult(line.IsSelected) : line.Written.TrySetException(failure);
        }
    }

    private void CloseIfDone()
    {
        if (_isDisposed && !_isWriting && _open <= 0)
        {
            file.Dispose();
        }
    }
}
