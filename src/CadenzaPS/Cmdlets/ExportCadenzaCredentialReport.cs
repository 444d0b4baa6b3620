using System;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Audit.Report;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Impact;
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

    /// <summary>Does not replace an existing file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces an existing file even if it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the file to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        Runtime.Prompt = new ConfirmationPrompt(this, ConfirmImpact.Low, force: false);
        ReportFile file = OpenFile();
        if (!Runtime.ShouldProcess(file.Path, "Write the report of all credentials")
            || InventoryReader.Read(CurrentConnection.GetClient(), Runtime, CredentialFilter.All, StopToken)
                is not Inventory inventory)
        {
            return;
        }

        StopToken.ThrowIfCancellationRequested();
        try
        {
            file.Write(stream => WriteReport(stream, inventory), mayReplace: !NoClobber);
        }
        catch (Exception e) when (ReportFile.FaultOf(e) is not null)
        {
            ReportFault(file.Path, ReportFile.FaultOf(e)!);
        }

        if (PassThru)
        {
            // The provider adds the properties that the table view of a file shows.
            Collection<PSObject> items = InvokeProvider.Item.Get([file.Path], force: true, literalPath: true);
            WriteObject(items, enumerateCollection: true);
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

    private void WriteReport(Stream stream, Inventory inventory)
    {
        var options = new AuditOptions
        {
            FixCommands = new FixCommands(StaleAfterDays),
            StaleAfterDays = StaleAfterDays,
        };
        AuditResult result = CredentialAudit.Run(inventory.Credentials, inventory.Accounts, options);
        AuditReport.Write(stream, result, new ReportHeader
        {
            Host = CurrentConnection.Host,
            Environment = CurrentConnection.Environment,
            User = CurrentConnection.User,
            GeneratedAt = options.Now,
            ModuleVersion = typeof(ExportCadenzaCredentialReport).Assembly.GetName().Version!.ToString(3),
            Notes = inventory.Notes,
        });
    }
}
