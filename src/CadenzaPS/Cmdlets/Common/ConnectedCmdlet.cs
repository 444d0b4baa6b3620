using System.Management.Automation;
using Cadenza.Commands.Connections;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The base class of cmdlets that use a connection and set no API keys.</summary>
public abstract class ConnectedCmdlet : CadenzaCmdlet
{
    private protected ConnectedCmdlet()
    {
    }

    /// <summary>The connection to use instead of the connection of the runspace, or its name.</summary>
    [Parameter]
    [ValidateNotNull]
    [ConnectionTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public CadenzaConnection? Connection { get; set; }

    /// <summary>The connection in use.</summary>
    private protected CadenzaConnection CurrentConnection { get; private set; } = null!;

    /// <inheritdoc/>
    private protected override void Begin() => CurrentConnection = RunspaceConnection.Select(Connection, Runtime);
}
