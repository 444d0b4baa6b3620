using System;
using System.Collections.Generic;
using System.Linq;
using Cadenza.Client.Errors;
using Cadenza.Client.Operations;
using Cadenza.Commands.Journal;

namespace Cadenza.Commands.Changes;

/// <summary>
/// The outcomes that were reported but could not be written to the journal. They end the command: without a journal,
/// nothing more is sent. Thread-safe.
/// </summary>
internal sealed class UnwrittenOutcomes
{
    /// <summary>The maximum number of credentials that the error names.</summary>
    private const int MaxNamed = 5;

    private readonly List<string> _names = [];
    private JournalException? _failure;

    /// <summary>Whether there is one.</summary>
    public bool IsPending
    {
        get
        {
            lock (_names)
            {
                return _failure is not null;
            }
        }
    }

    /// <summary>Adds an outcome that could not be written.</summary>
    public void Add(ChangeRequest request, JournalException failure)
    {
        lock (_names)
        {
            _names.Add(request.CredentialId ?? request.DisplayName);
            _failure ??= failure;
        }
    }

    /// <summary>Removes all and returns one error about them; null if there are none.</summary>
    public CadenzaErrorReport? TakeError()
    {
        lock (_names)
        {
            if (_failure is not JournalException failure)
            {
                return null;
            }

            string missing = Messages.UnwrittenOutcomes(
                string.Join(", ", _names.Take(MaxNamed)), _names.Count - MaxNamed);
            JournalException error = failure.WithMessage($"{failure.Message} {missing}");
            _names.Clear();
            _failure = null;
            return ErrorCatalog.ForFailure(error);
        }
    }
}
