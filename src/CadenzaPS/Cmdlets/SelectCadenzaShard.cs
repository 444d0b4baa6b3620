using System;
using System.Globalization;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Sharding;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Select-CadenzaShard: passes on the objects whose credential belongs to one of several shards. Where the shard cannot be told, it passes on
/// nothing.
/// </summary>
[Cmdlet(VerbsCommon.Select, "CadenzaShard", DefaultParameterSetName = IndexSet, HelpUri = HelpUris.SelectCadenzaShard)]
[OutputType(typeof(PSObject))]
public sealed class SelectCadenzaShard : CadenzaCmdlet
{
    private const string IndexSet = "Index";
    private const string EnvironmentSet = "Environment";

    private Shard _shard = null!;
    private long _records;
    private long _passed;

    /// <summary>Which shard, from 0.</summary>
    [Parameter(ParameterSetName = IndexSet, Mandatory = true, HelpMessage = "Which shard, from 0.")]
    [AllowNull]
    [WholeNumber]
    public int? Index { get; set; }

    /// <summary>Of how many.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = IndexSet, Mandatory = true, HelpMessage = "How many shards there are.")]
    [AllowNull]
    [WholeNumber]
    public int? Count { get; set; }

    /// <summary>Reads the index, and the number of shards where -Count does not give it, from environment variables.</summary>
    [Parameter(ParameterSetName = EnvironmentSet, Mandatory = true, HelpMessage = "Reads the shard from environment variables.")]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>The object from the pipeline: a credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        HideSecrets();
        RefuseNull(nameof(Index), Index);
        RefuseNull(nameof(Count), Count);
        var input = new ShardInput { Index = Index, Count = Count, FromEnvironment = FromEnvironment };
        (Shard? shard, CadenzaErrorReport? error) = input.ToShard(Environment.GetEnvironmentVariable);
        if (error is not null)
        {
            Report(error);
        }

        _shard = shard!;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        HideSecrets();
        _records++;
        CredentialReference item = PipelineItem.Read(InputObject, _records);
        if (ErrorCatalog.ValidateId(item, " It belongs to no shard.") is CadenzaErrorReport error)
        {
            Report(error);
        }
        else if (_shard.Contains(item.CredentialId!))
        {
            _passed++;
            WriteObject(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        WriteVerboseMessage(FormattableString.Invariant($"Passed on {_passed} of {_records}: {_shard}."));
        base.EndProcessing();
    }

    /// <summary>A variable that is not set must not be taken for 0, which is a shard.</summary>
    private void RefuseNull(string parameter, int? value)
    {
        if (value is null && MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            Report(ErrorCatalog.ForInput(
                CadenzaErrorKind.InvalidParameter, $"-{parameter} was given, but is null or empty. Nothing is passed on."));
        }
    }

    /// <summary>A row may hold keys, and every record of this command carries the bound parameters along.</summary>
    private void HideSecrets() => MyInvocation.BoundParameters.Remove(nameof(InputObject));

    /// <summary>Takes whole numbers only: PowerShell's own conversion makes 0 of null and of empty text, and 2 of 1.5.</summary>
    private sealed class WholeNumberAttribute : ArgumentTransformationAttribute
    {
        public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
        {
            object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
            if (value is null or "")
            {
                return null;
            }

            // A number of any type in the invariant culture, as text.
            string? text = value as string ?? (value is IFormattable and not Enum ? ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture) : null);
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new ArgumentTransformationMetadataException("A whole number is needed.");
        }
    }
}
