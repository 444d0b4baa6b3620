using System;
using System.Collections;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Audit.Report;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Watching;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Export-CadenzaCredentialReport: audits all credentials and writes the result to one self-contained HTML file. If
/// anything fails, an existing file is unchanged.
/// </summary>
[Cmdlet(
    VerbsData.Export, "CadenzaCredentialReport",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpUris.ExportCadenzaCredentialReport)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCadenzaCredentialReport : ConnectedCmdlet
{
    /// <summary>The path of the file. Wildcard characters are part of its name.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The number of days without a change after which a credential is stale.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int StaleAfterDays { get; set; } = AuditOptions.DefaultStaleAfterDays;

    /// <summary>The number of days that keys may be used: one number, or a hashtable by venue.</summary>
    [Parameter]
    [ValidateNotNull]
    [LifetimeTransformation]
    public Hashtable? KeyLifetimeDays { get; set; }

    /// <summary>The number of days before the end of a lifetime from which it is a finding.</summary>
    [Parameter]
    [ValidateRange(1, 3650)]
    public int LifetimeWarningDays { get; set; } = AuditOptions.DefaultLifetimeWarningDays;

    /// <summary>The path of a journal that records rotations. Wildcards select several journals.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The path of a file that keeps the state of the last report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>Writes a summary without commands and without the table of all credentials.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Opens the file with the default program for HTML files.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>Does not replace an existing file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces an existing file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Opens the file. Tests replace it.</summary>
    internal DefaultBrowser Browser { get; init; } = new();

    /// <inheritdoc/>
    private protected override void End()
    {
        Runtime.Prompt = new ConfirmationPrompt(this, ConfirmImpact.Low, force: false);
        ReportFile file = OpenFile();
        AuditSettings settings = ReadSettings();
        ReportState? state = OpenState();
        if (!Runtime.ShouldProcess(file.Path, "Write the report of all credentials")
            || InventoryReader.Read(CurrentConnection.GetClient(), Runtime, CredentialFilter.All, StopToken)
                is not Inventory inventory)
        {
            return;
        }

        StopToken.ThrowIfCancellationRequested();
        settings.WarnAboutVenues(inventory.Credentials);
        WriteFile(file, inventory, settings.CreateOptions(), state?.Compare(inventory));
        SaveState(state, inventory);
        if (PassThru)
        {
            // The provider adds the properties that the table view of a file shows.
            Collection<PSObject> items = InvokeProvider.Item.Get([file.Path], force: true, literalPath: true);
            WriteObject(items, enumerateCollection: true);
        }

        if (Open && Browser.TryOpen(file.Path) is string fault)
        {
            Report(CadenzaErrorKind.FileNotOpened, InputMessages.ReportNotOpened(file.Path, fault), file.Path);
        }
    }

    private AuditSettings ReadSettings()
    {
        var settings = new AuditSettings(this, CurrentConnection)
        {
            StaleAfterDays = StaleAfterDays,
            KeyLifetimeDays = KeyLifetimeDays,
            LifetimeWarningDays = LifetimeWarningDays,
        };
        settings.ReadJournals(JournalPath);
        return settings;
    }

    private ReportState? OpenState()
    {
        if (StatePath is null)
        {
            return null;
        }

        try
        {
            var file = new StateFile(FilePath.Resolve(this, StatePath, nameof(StatePath)));
            return new ReportState(file, CurrentConnection.Server, CurrentConnection.TimeProvider.GetUtcNow());
        }
        catch (CadenzaException e)
        {
            Report(ErrorCatalog.ForFailure(e, StatePath));
            throw;
        }
    }

    private void SaveState(ReportState? state, Inventory inventory)
    {
        try
        {
            state?.Save(inventory, Runtime);
        }
        catch (CadenzaException e)
        {
            Report(ErrorCatalog.ForFailure(e, StatePath));
        }
    }

    private void WriteFile(ReportFile file, Inventory inventory, AuditOptions options, ReportChanges? changes)
    {
        try
        {
            file.Write(stream => WriteReport(stream, inventory, options, changes), mayReplace: !NoClobber);
        }
        catch (Exception e) when (ReportFile.FaultOf(e) is not null)
        {
            ReportFault(file.Path, ReportFile.FaultOf(e)!);
        }
    }

    /// <summary>Checks the file before anything is sent.</summary>
    private ReportFile OpenFile()
    {
        (string? path, string? fault) = FilePath.TryResolve(SessionState.Path, Path);
        fault ??= ReportFile.Validate(path!, mayReplace: !NoClobber, mayReplaceReadOnly: Force);
        if (fault is not null)
        {
            ReportFault(path ?? Path, fault);
        }

        return new ReportFile(path!);
    }

    private void ReportFault(string path, string fault) =>
        Report(CadenzaErrorKind.FileNotWritten, InputMessages.ReportNotWritten(path, fault), path);

    private void WriteReport(Stream stream, Inventory inventory, AuditOptions options, ReportChanges? changes)
    {
        AuditResult result = CredentialAudit.Run(inventory.Credentials, inventory.Accounts, options);
        AuditReport.Write(stream, result, new ReportHeader
        {
            Host = CurrentConnection.Host,
            Environment = CurrentConnection.Environment,
            User = CurrentConnection.User,
            GeneratedAt = options.Now,
            ModuleVersion = typeof(ExportCadenzaCredentialReport).Assembly.GetName().Version!.ToString(3),
            Notes = inventory.Notes,
            Changes = changes,
            IsSummary = Summary,
        });
    }
}
