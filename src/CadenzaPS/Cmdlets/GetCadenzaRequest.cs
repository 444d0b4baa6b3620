using System.Management.Automation;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Get-CadenzaRequest: gets the last requests of the connections of this runspace, the oldest first. Sends no request.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CadenzaRequest", HelpUri = HelpUris.GetCadenzaRequest)]
[OutputType(typeof(CadenzaRequest))]
public sealed class GetCadenzaRequest : CadenzaCmdlet
{
    /// <summary>The number of requests to get, from the end.</summary>
    [Parameter(Position = 0)]
    [WholeNumberTransformation]
    [ValidateRange(1, RequestLog.DefaultCapacity)]
    public int? Last { get; set; }

    /// <inheritdoc/>
    private protected override void End() =>
        WriteObject(RunspaceRequests.Current.List(Last), enumerateCollection: true);
}
