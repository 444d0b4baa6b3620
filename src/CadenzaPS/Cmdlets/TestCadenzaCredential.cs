using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Http;
using Cadenza.Client.Models;
using Cadenza.Client.Errors;
using Cadenza.Commands.Results;
using Cadenza.Commands.Verification;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;
using CadenzaPS.Session;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Test-CadenzaCredential: verifies that the exchange accepts the API keys of credentials. Writes one result for each
/// credential, or one error if it could not be verified.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "CadenzaCredential", HelpUri = HelpUris.TestCadenzaCredential)]
[OutputType(typeof(VerificationResult), typeof(bool), typeof(CredentialResult))]
public sealed class TestCadenzaCredential : ConnectedCmdlet
{
    private CredentialInput _input = null!;
    private VerifyRunner _runner = null!;
    private Dictionary<string, CadenzaCredential>? _listed;

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

    /// <summary>Writes one result for each item of the input, whether it succeeded or not, and no errors.</summary>
    [Parameter]
    public SwitchParameter AsResult { get; set; }

    /// <summary>The maximum number of requests that are in flight at the same time.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.Max)]
    public int ThrottleLimit { get; set; } = Throttle.Default;

    /// <summary>The maximum number of requests per minute. They are spread evenly over the minute.</summary>
    [Parameter]
    [ValidateRange(1, Throttle.MaxPerMinute)]
    public int? MaxPerMinute { get; set; }

    /// <summary>Results of -Quiet have the order of the input, because a caller may not look at their ids.</summary>
    private bool IsInOrder => Quiet && !this.IsBound(nameof(ThrottleLimit));

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _input = new CredentialInput(this, InputObject) { SkipsRepeated = true, ReportsEachItem = AsResult };
        base.Begin();
        if (Quiet && AsResult)
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.QuietResults);
        }

        Runtime.Projection = item => item is not VerificationResult result ? item
            : Quiet ? CreateAnswer(AddName(result))
            : AddName(result);
        _runner = DisposeAtEnd(new VerifyRunner(
            CurrentConnection, Runtime, IsInOrder ? 1 : ThrottleLimit, MaxPerMinute, AsResult, StopToken));
        _input.ErrorSink = _runner.Refuse;
        _input.SkipSink = Skip;
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

    private void Skip(CredentialReference item, string reason)
    {
        Runtime.WriteWarning(reason);
        _runner.Skip(item, reason);
    }

    /// <summary>A Boolean that says which credential it is about, so that one of many can be identified.</summary>
    private static PSObject CreateAnswer(VerificationResult result)
    {
        var answer = new PSObject(result.Passed);
        answer.Properties.Add(new PSNoteProperty(nameof(result.CredentialId), result.CredentialId));
        answer.Properties.Add(new PSNoteProperty(nameof(result.Venue), result.Venue));
        answer.Properties.Add(new PSNoteProperty(nameof(result.Nickname), result.Nickname));
        return answer;
    }

    /// <summary>
    /// Adds the venue and nickname that this session listed, if neither the server nor the input names them.
    /// </summary>
    private VerificationResult AddName(VerificationResult result)
    {
        if (result.Venue is not null || result.Nickname is not null)
        {
            return result;
        }

        _listed ??= ListSeen();
        return _listed.TryGetValue(result.CredentialId, out CadenzaCredential? seen) && seen.Server == result.Server
            ? result.WithName(seen.Venue, seen.Nickname)
            : result;
    }

    private static Dictionary<string, CadenzaCredential> ListSeen()
    {
        var seen = new Dictionary<string, CadenzaCredential>(CredentialIdComparer.Instance);
        foreach (CadenzaCredential credential in RunspaceMemory.Current.List())
        {
            seen[credential.CredentialId] = credential;
        }

        return seen;
    }
}
