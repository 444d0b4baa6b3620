using System;
using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Journal;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaJournal: reads a journal that a changing cmdlet wrote by -JournalPath. Emits one object for each of its lines, or with
/// -Latest one for each change, as it stands.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaJournal", HelpUri = HelpUris.GetCadenzaJournal)]
[OutputType(typeof(JournalEntry))]
public sealed class GetCadenzaJournal : CadenzaCmdlet
{
    /// <summary>The file, or files by wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalPath", "LiteralPath", "FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = null!;

    /// <summary>Emits only the last line about each change, in the order in which the changes were begun.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            try
            {
                foreach (string file in FilePath.Expand(this, path, nameof(Path)))
                {
                    Emit(file);
                }
            }
            catch (CadenzaException e)
            {
                WriteError(ErrorRecords.From(ErrorCatalog.ForFailure(e, path)));
            }
        }
    }

    private void Emit(string full)
    {
        if (!System.IO.File.Exists(full))
        {
            throw new JournalException(CadenzaErrorKind.JournalUnusable, $"There is no journal {full}.");
        }

        IReadOnlyList<JournalEntry> entries = ChangeJournal.Read(full, number => WriteWarning(FormattableString.Invariant(
            $"Line {number} of {full} is none, as after a crash, and was passed over.")));
        foreach (JournalEntry entry in Latest ? ChangeJournal.TakeLatest(entries) : entries)
        {
            WriteResult(entry);
        }
    }
}
