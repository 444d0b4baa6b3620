using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Journal;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaJournal: reads a journal that a cmdlet wrote with -JournalPath. Writes one object for each line or, with
/// -Latest, one object for each change with its current state.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaJournal", HelpUri = HelpUris.GetCadenzaJournal)]
[OutputType(typeof(JournalEntry))]
public sealed class GetCadenzaJournal : CadenzaCmdlet
{
    /// <summary>The path of a journal. Wildcards select several journals.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("JournalPath", "LiteralPath", "FullName", "PSPath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = null!;

    /// <summary>Writes only the last line of each change, in the order in which the changes began.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string path in Path)
        {
            foreach (string file in Expand(path))
            {
                try
                {
                    Read(file);
                }
                catch (CadenzaException e)
                {
                    // The next file may be readable.
                    WriteError(ErrorRecords.From(ErrorCatalog.ForFailure(e, file)));
                }
            }
        }
    }

    private IReadOnlyCollection<string> Expand(string path)
    {
        try
        {
            return FilePath.Expand(this, path, nameof(Path));
        }
        catch (CadenzaException e)
        {
            WriteError(ErrorRecords.From(ErrorCatalog.ForFailure(e, path)));
            return [];
        }
    }

    private void Read(string file)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
        {
            throw new JournalException(CadenzaErrorKind.JournalUnusable, InputMessages.NoJournal(file));
        }

        IReadOnlyList<JournalEntry> entries = ChangeJournal.Read(file, line => WriteWarning(
            InputMessages.UnreadableLine(file, line)));
        foreach (JournalEntry entry in Latest ? ChangeJournal.TakeLatest(entries) : entries)
        {
            Runtime.WriteObject(entry);
        }
    }
}
