using System.Management.Automation;
using Cadenza.Commands.Connections;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>Disconnect-Cadenza: closes a connection, and ends at the server the session that a login opened.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Cadenza", HelpUri = HelpUris.DisconnectCadenza)]
[OutputType(typeof(void))]
public sealed class DisconnectCadenza : CadenzaCmdlet
{
    /// <summary>The connection to close instead of the runspace's own.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public CadenzaConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        RunspaceMemory.Current.Clear();
        CadenzaConnection? connection = Connection ?? RunspaceConnection.Existing;
        if (connection is null)
        {
            WriteVerbose("There is no connection to close.");
            return;
        }

        if (ReferenceEquals(connection, RunspaceConnection.Existing))
        {
            RunspaceConnection.Explicit = null;
        }

        Run(() => ConnectionRunner.Close(connection, this, StopToken));
    }
}
