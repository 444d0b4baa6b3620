using System.Management.Automation;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Commands.Verification;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Test-CadenzaCredential: verifies that the exchange accepts the API keys of credentials. Writes one result for each
/// credential, or one error if it could not be verified.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CadenzaCredential", HelpUri = HelpUris.TestCadenzaCredential)]
[OutputType(typeof(VerificationResult), typeof(bool))]
public sealed class TestCadenzaCredential : ConnectedCmdlet
{
    private CredentialInput _input = null!;
    private VerifyRunner _runner = null!;

    /// <summary>The ids of the credentials to verify.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Writes only whether each credential passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The maximum number of requests that are in flight at the same time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <summary>The maximum number of requests per minute. They are spread evenly over the minute.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.MaxPerMinute)]
    public int? MaxPerMinute { get; set; }

    /// <summary>Results of -Quiet can be matched with credentials only by their order.</summary>
    private bool IsInOrder => Quiet && !this.IsBound(nameof(ThrottleLimit));

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject) { SkipsRepeated = true };
        base.Begin();
        Runtime.Projection = item => Quiet && item is VerificationResult result ? result.Passed : item;
        _runner = DisposeAtEnd(new VerifyRunner(
            CurrentConnection, Runtime, IsInOrder ? 1 : ThrottleLimit, MaxPerMinute, StopToken));
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (CredentialReference item in _input.Read(CredentialId, InputObject))
        {
            _runner.Process(item);
        }
    }

    /// <inheritdoc/>
    private protected override void End() => _runner.Complete();
}
