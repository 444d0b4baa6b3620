using System.Management.Automation;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Commands.Verification;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Test-CadenzaCredential: has the exchange asked whether it accepts credentials. Emits one result for each, or one error where it could
/// not be found out.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CadenzaCredential", HelpUri = HelpUris.TestCadenzaCredential)]
[OutputType(typeof(VerificationResult), typeof(bool))]
public sealed class TestCadenzaCredential : CredentialCmdlet
{
    private VerifyRunner? _runner;

    /// <summary>The ids of the credentials to verify.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>Emits only whether each passed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>How many calls are in flight at a time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <summary>Bare answers are told apart by their order only.</summary>
    private bool IsInOrder => Quiet && !MyInvocation.BoundParameters.ContainsKey(nameof(ThrottleLimit));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _runner = new VerifyRunner(CurrentConnection, this, IsInOrder ? 1 : ThrottleLimit, StopToken);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (CredentialReference item in ReadItems(CredentialId))
        {
            Run(() => _runner!.Process(item));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Run(_runner!.Complete);
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _runner?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void Emit(object item) => base.Emit(Quiet && item is VerificationResult result ? result.Passed : item);
}
