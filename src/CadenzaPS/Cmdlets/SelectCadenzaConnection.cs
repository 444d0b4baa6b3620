using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Commands.Connections;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Select-CadenzaConnection: makes an open connection the default of the runspace. Sends no request.
/// </summary>
[Cmdlet(VerbsCommon.Select, "CadenzaConnection", HelpUri = HelpUris.SelectCadenzaConnection)]
[OutputType(typeof(CadenzaConnection))]
public sealed class SelectCadenzaConnection : CadenzaCmdlet
{
    private readonly List<object?> _specified = [];

    /// <summary>The name of the connection.</summary>
    [Parameter(Position = 0)]
    [TextTransformation]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    public string? Name { get; set; }

    /// <summary>The connection, or its name.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes the connection to the pipeline.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (InputObject is not null)
        {
            _specified.Add(InputObject.BaseObject);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        // As with Connect-Cadenza: after an error, the next command must not use the previous connection.
        Runtime.TerminatesOnAnyError = true;
        RunspaceConnection.Explicit = null;
        RunspaceMemory.Current.Clear();
        CadenzaConnection connection = FindSpecified();
        RunspaceConnection.SetDefault(connection);
        ConnectionNotice.Write(this, InputMessages.Selected(connection));
        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private CadenzaConnection FindSpecified()
    {
        RejectNull(nameof(Name), Name);
        if (Name is not null)
        {
            _specified.Add(Name);
        }

        if (_specified.Count != 1)
        {
            Report(
                CadenzaErrorKind.InvalidParameter,
                _specified.Count == 0 ? InputMessages.NoConnection : InputMessages.SeveralConnections);
        }

        return Find(_specified[0]!);
    }

    private CadenzaConnection Find(object specified)
    {
        if (specified is CadenzaConnection connection)
        {
            if (connection.IsClosed)
            {
                Report(CadenzaErrorKind.NotConnected, InputMessages.ClosedConnection(connection));
            }

            return connection;
        }

        if (specified is not string name || UnusableArgument.Find(name) is not null)
        {
            string type = (UnusableArgument.Find(specified) ?? UnusableArgument.Of(specified)).TypeDescription;
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.NotAConnection(type));
            return null!;
        }

        if (RunspaceConnection.FindNamed(name) is not CadenzaConnection named)
        {
            Report(
                CadenzaErrorKind.NotConnected,
                InputMessages.UnknownConnection(name, RunspaceConnection.Names));
            return null!;
        }

        return named;
    }
}
