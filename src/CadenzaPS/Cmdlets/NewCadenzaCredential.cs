using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Client.Operations;
using Cadenza.Commands.Results;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// New-CadenzaCredential: creates credentials. Writes each created credential, or one error that says whether it was
/// created. A request whose response is lost is never repeated; the created credential is identified by its venue,
/// nickname and time of creation.
/// </summary>
[Cmdlet(
    VerbsCommon.New, "CadenzaCredential",
    SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, HelpUri = HelpUris.NewCadenzaCredential)]
[OutputType(typeof(CadenzaCredential), typeof(CredentialResult))]
public sealed class NewCadenzaCredential : ApiKeyCmdlet
{
    private NewCredentialInput _input = null!;

    /// <summary>The venue, such as OKX.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? Venue { get; set; }

    /// <summary>
    /// The display name. Without one, a credential cannot be found again if the response to its creation is lost.
    /// </summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    public string? Nickname { get; set; }

    /// <summary>The type of credential. Without it, the type that fits the server is used.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TextTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string? CredentialType { get; set; }

    /// <summary>A row of a CSV file, or a hashtable, with the values of the parameters.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override ChangeKind Kind => ChangeKind.Create;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RejectScriptBlock(nameof(Venue));
        RejectScriptBlock(nameof(Nickname));
        RejectScriptBlock(nameof(CredentialType));
        RejectNull(nameof(InputObject), InputObject);
        base.Begin();

        // Later, pipeline objects bind the same parameters.
        _input = new NewCredentialInput(
            this,
            Venue,
            Nickname,
            CredentialType,
            HasExplicitKeys);
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        Keys.Count();
        (CredentialReference item, string? type, string? fault) = _input.Read(InputObject);
        if (_input.Columns.Check(InputObject) is ColumnFault header)
        {
            RejectHeader(item, header);
            return;
        }

        foreach (string warning in _input.Columns.TakeWarnings())
        {
            Runtime.WriteWarning(warning);
        }

        if (fault is not null)
        {
            Changes.Reject(CadenzaErrorKind.InvalidNewCredential, item, fault);
            return;
        }

        Keys.Process(item, InputObject, _input.Columns, keys => new CreateRequest(new NewCredential(item.Venue!, keys)
        {
            Nickname = item.Nickname,
            CredentialType = type,
        }));
    }

    private void RejectHeader(CredentialReference item, ColumnFault header)
    {
        if (!header.IsRepeated || Changes.ReportsEachItem)
        {
            CadenzaErrorKind kind = header.Missing == nameof(Venue)
                ? CadenzaErrorKind.InvalidNewCredential
                : CadenzaErrorKind.InvalidKeys;
            Changes.Reject(kind, item, header.TextFor(Changes.ReportsEachItem));
        }
    }
}
