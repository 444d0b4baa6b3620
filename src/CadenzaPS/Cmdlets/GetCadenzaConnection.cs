using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Connections;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaConnection: shows the server that the cmdlets of this runspace use, the signed-in user, and when the
/// token expires. Without a connection, it writes nothing.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaConnection", HelpUri = HelpUris.GetCadenzaConnection)]
[OutputType(typeof(CadenzaConnection))]
public sealed class GetCadenzaConnection : CadenzaCmdlet
{
    /// <summary>Gets only the connection with this name.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Name { get; set; }

    /// <summary>Also gets the other connections that have a name.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override void End()
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
            IEnumerable<CadenzaConnection> others =
                RunspaceConnection.Named.Where(other => !ReferenceEquals(other, connection));
            WriteObject(others, enumerateCollection: true);
        }
    }

    private void WriteNamed(string name)
    {
        if (RunspaceConnection.FindNamed(name) is CadenzaConnection named)
        {
            WriteObject(named);
            return;
        }

        Report(CadenzaErrorKind.NotConnected, InputMessages.UnknownConnection(name, RunspaceConnection.Names));
    }
}
