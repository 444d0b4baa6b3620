using System.Management.Automation;
using Cadenza.Client;
using CadenzaPS.Hosting;

namespace CadenzaPS.Cmdlets;

/// <summary>Get-CadenzaConnection: tells where the cmdlets of this runspace go, as whom, and until when. Emits nothing without a connection.</summary>
[Cmdlet(VerbsCommon.Get, "CadenzaConnection")]
[OutputType(typeof(CadenzaConnection))]
public sealed class GetCadenzaConnection : CadenzaCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        (CadenzaConnection? connection, CadenzaErrorReport? error) = RunspaceConnection.Find();
        if (connection is not null)
        {
            WriteObject(connection);
        }
        else if (error!.Kind != CadenzaErrorKind.NotConnected)
        {
            ((ICommandHost)this).Error(error);
        }
    }
}
