using System.Management.Automation;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Disconnect-Cadenza: closes a connection. If the connection signed in, the session ends on the server.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "Cadenza", HelpUri = HelpUris.DisconnectCadenza)]
[OutputType(typeof(void))]
public sealed class DisconnectCadenza : CadenzaCmdlet
{
    /// <summary>The connection to close instead of the connection of the runspace, or its name.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public CadenzaConnection? Connection { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (RunspaceConnection.FindFault(Connection) is CadenzaErrorReport fault)
        {
            Report(fault);
        }

        RunspaceMemory.Current.Clear();
        CadenzaConnection? connection = Connection ?? RunspaceConnection.Existing;
        if (connection is null)
        {
            Runtime.WriteVerbose(InputMessages.NoConnectionToClose);
            return;
        }

        if (ReferenceEquals(connection, RunspaceConnection.Existing))
        {
            RunspaceConnection.Explicit = null;
        }

        ConnectionRunner.Close(connection, Runtime, StopToken);
    }
}
