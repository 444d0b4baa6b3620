using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>Get-CadenzaConnection: tells where the cmdlets of this runspace go, as whom, and until when. Emits nothing without a connection.</summary>
[Cmdlet(VerbsCommon.Get, "CadenzaConnection", HelpUri = HelpUris.GetCadenzaConnection)]
[OutputType(typeof(CadenzaConnection))]
public sealed class GetCadenzaConnection : CadenzaCmdlet
{
    /// <summary>Only the connection of this name.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Also the other connections that were made with a name.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Name is not null)
        {
            WriteNamed(Name);
            return;
        }

        (CadenzaConnection? connection, CadenzaErrorReport? error) = RunspaceConnection.Find();
        if (connection is not null)
        {
            WriteObject(connection);
        }
        else if (error!.Kind != CadenzaErrorKind.NotConnected)
        {
            Report(error);
        }

        if (All)
        {
            WriteObject(RunspaceConnection.Named.Where(other => !ReferenceEquals(other, connection)), enumerateCollection: true);
        }
    }

    private void WriteNamed(string name)
    {
        if (RunspaceConnection.FindNamed(name) is CadenzaConnection named)
        {
            WriteObject(named);
            return;
        }

        Report(ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, $"There is no connection named '{name}' in this session."));
    }
}
