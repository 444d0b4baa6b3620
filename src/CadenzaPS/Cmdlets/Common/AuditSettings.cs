using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Journal;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The settings of an audit from the parameters of a cmdlet.</summary>
internal sealed class AuditSettings(CadenzaCmdlet cmdlet, CadenzaConnection connection)
{
    private string? _journal;
    private Dictionary<string, DateTimeOffset>? _rotations;
    private KeyLifetimes? _lifetimes;

    public int StaleAfterDays { get; init; }

    public int LifetimeWarningDays { get; init; }

    /// <summary>Days by venue; null for no lifetime.</summary>
    public Hashtable? KeyLifetimeDays
    {
        init => _lifetimes = value is null ? null : new KeyLifetimes(value
            .Cast<DictionaryEntry>()
            .Select(static entry => new KeyValuePair<string, int>((string)entry.Key, (int)entry.Value!)));
    }

    /// <summary>Reads the journals. A journal that cannot be used ends the command, before anything is sent.</summary>
    public void ReadJournals(string? path)
    {
        if (path is null)
        {
            return;
        }

        _rotations = JournalRotations.Create();
        try
        {
            foreach (string file in FilePath.Expand(cmdlet, path, "JournalPath"))
            {
                _journal = path;
                ReadJournal(file, _rotations);
            }
        }
        catch (CadenzaException e)
        {
            cmdlet.Report(ErrorCatalog.ForFailure(e, path));
        }

        if (_rotations.Count == 0)
        {
            cmdlet.Runtime.WriteWarning(InputMessages.NoRotation(connection.Host));
        }
    }

    /// <summary>Warns about venues that have a lifetime, but no credential.</summary>
    public void WarnAboutVenues(IReadOnlyList<CadenzaCredential> all)
    {
        foreach (KeyValuePair<string, int> venue in _lifetimes?.All ?? [])
        {
            if (venue.Key != KeyLifetimes.AnyVenue
                && !all.Any(credential => venue.Key.Equals(credential.Venue, StringComparison.OrdinalIgnoreCase)))
            {
                cmdlet.Runtime.WriteWarning(InputMessages.NoSuchVenue(TextSanitizer.Sanitize(venue.Key)));
            }
        }
    }

    public AuditOptions CreateOptions() => new()
    {
        FixCommands = new FixCommands(StaleAfterDays, _lifetimes, LifetimeWarningDays, _journal),
        StaleAfterDays = StaleAfterDays,
        Lifetimes = _lifetimes,
        LifetimeWarningDays = LifetimeWarningDays,
        Rotations = _rotations,
    };

    private void ReadJournal(string file, Dictionary<string, DateTimeOffset> rotations)
    {
        if (!File.Exists(file) && !Directory.Exists(file))
        {
            throw new JournalException(CadenzaErrorKind.JournalUnusable, InputMessages.NoJournal(file));
        }

        IReadOnlyList<JournalEntry> entries = ChangeJournal.Read(
            file, line => cmdlet.Runtime.WriteWarning(InputMessages.UnreadableLine(file, line)));
        JournalRotations.Add(entries, connection.Host, rotations);
    }
}
