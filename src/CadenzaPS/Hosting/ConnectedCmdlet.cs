using System.Management.Automation;
using Cadenza.Client;

namespace CadenzaPS.Hosting;

/// <summary>A cmdlet that needs a connection: the one given, else the runspace's, else one by environment variables.</summary>
public abstract class ConnectedCmdlet : CadenzaCmdlet
{
    /// <summary>The connection to use instead of the runspace's own.</summary>
    [Parameter]
    [ValidateNotNull]
    public CadenzaConnection? Connection { get; set; }

    /// <summary>The connection in use.</summary>
    private protected CadenzaConnection CurrentConnection { get; private set; } = null!;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        (CadenzaConnection? connection, CadenzaErrorReport? error) = Connection is null ? RunspaceConnection.Find() : Check(Connection);
        if (error is not null)
        {
            ((ICommandHost)this).Error(error);
        }

        CurrentConnection = connection!;
    }

    private static (CadenzaConnection? Connection, CadenzaErrorReport? Error) Check(CadenzaConnection connection) =>
        connection.IsClosed
            ? (null, ErrorCatalog.ForInput(CadenzaErrorKind.NotConnected, $"The connection to {connection} was closed."))
            : (connection, null);
}
