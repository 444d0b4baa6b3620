using System;
using System.IO;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Audit.Report;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Impact;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Export-CadenzaCredentialReport: audits all credentials and writes one HTML file that needs nothing else. The file is whole, or what was
/// there before is.
/// </summary>
[Cmdlet(
    VerbsData.Export, "CadenzaCredentialReport",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpUris.ExportCadenzaCredentialReport)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCadenzaCredentialReport : ConnectedCmdlet
{
    /// <summary>The file. Taken as it stands: wildcards are none.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>A credential is stale that has not changed for so many days or longer.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int StaleAfterDays { get; set; } = AuditOptions.DefaultStaleAfterDays;

    /// <summary>Does not replace a file that exists.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replaces a file also where it is read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(Export);
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override bool Confirm(string target, string action) => ConfirmUnlessForced(force: false, target, action);

    private void Export()
    {
        ReportFile file = Open();
        if (!Confirm(file.Path, "Write the report of all credentials")
            || InventoryReader.Read(CurrentConnection.GetClient(), this, CredentialFilter.All, StopToken) is not Inventory inventory)
        {
            return;
        }

        StopToken.ThrowIfCancellationRequested();
        try
        {
            file.Write(stream => Write(stream, inventory), mayReplace: !NoClobber);
        }
        catch (Exception e) when (ReportFile.FaultOf(e) is not null)
        {
            Fail(file.Path, ReportFile.FaultOf(e)!);
        }

        if (PassThru)
        {
            // As Get-Item gives it, with what its table shows.
            WriteObject(InvokeProvider.Item.Get([file.Path], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    /// <summary>Looks at the file before anything is sent.</summary>
    private ReportFile Open()
    {
        (string? path, string? fault) = FilePath.TryResolve(SessionState.Path, Path);
        fault ??= ReportFile.Validate(path!, mayReplace: !NoClobber, mayReplaceReadOnly: Force);
        if (fault is not null)
        {
            Fail(path ?? Path, fault);
        }

        return new ReportFile(path!);
    }

    private void Fail(string path, string fault) => Report(
        ErrorCatalog.ForInput(CadenzaErrorKind.FileNotWritten, $"The report '{path}' was not written: {fault}", path));

    private void Write(Stream stream, Inventory inventory)
    {
        var options = new AuditOptions { StaleAfterDays = StaleAfterDays };
        string threshold = StaleAfterDays == AuditOptions.DefaultStaleAfterDays ? "" : FormattableString.Invariant($" -StaleAfterDays {StaleAfterDays}");
        AuditReport.Write(stream, CredentialAudit.Run(inventory.Credentials, inventory.Accounts, options), new ReportHeader
        {
            Host = CurrentConnection.Host,
            Environment = CurrentConnection.Environment,
            User = CurrentConnection.User,
            GeneratedAt = options.Now,
            ModuleVersion = typeof(ExportCadenzaCredentialReport).Assembly.GetName().Version!.ToString(3),
            Notes = inventory.Notes,
            FindingCommand = "Get-CadenzaCredentialFinding" + threshold,
        });
    }
}
