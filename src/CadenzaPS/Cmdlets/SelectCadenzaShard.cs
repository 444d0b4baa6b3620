using System;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Sharding;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>
/// Select-CadenzaShard: passes on the objects whose credential belongs to one of several shards. If the shard cannot be
/// determined, no object is passed on.
/// </summary>
[Cmdlet(VerbsCommon.Select, "CadenzaShard", DefaultParameterSetName = IndexSet, HelpUri = HelpUris.SelectCadenzaShard)]
[OutputType(typeof(PSObject))]
public sealed class SelectCadenzaShard : CadenzaCmdlet
{
    private const string IndexSet = "Index";
    private const string EnvironmentSet = "Environment";

    private readonly InputColumns _columns = KeyColumns.ForId();
    private Shard _shard = null!;
    private long _objects;
    private long _passed;

    /// <summary>The zero-based index of the shard.</summary>
    [Parameter(ParameterSetName = IndexSet, Mandatory = true, HelpMessage = "The zero-based index of the shard.")]
    [AllowNull]
    [WholeNumberTransformation]
    public int? Index { get; set; }

    /// <summary>The number of shards.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = IndexSet, Mandatory = true, HelpMessage = "The number of shards.")]
    [AllowNull]
    [WholeNumberTransformation]
    public int? Count { get; set; }

    /// <summary>Reads the index, and without -Count also the number of shards, from environment variables.</summary>
    [Parameter(
        ParameterSetName = EnvironmentSet,
        Mandatory = true,
        HelpMessage = "Reads the shard from environment variables.")]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RejectMissing(nameof(Index), Index);
        RejectMissing(nameof(Count), Count);
        var input = new ShardInput { Index = Index, Count = Count, FromEnvironment = FromEnvironment };
        (Shard? shard, CadenzaErrorReport? error) = input.ToShard(Environment.GetEnvironmentVariable);
        if (error is not null)
        {
            Report(error);
        }

        _shard = shard!;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        _objects++;
        CredentialReference item = PipelineItem.Read(InputObject, _objects);
        if (_columns.Check(InputObject) is ColumnFault header)
        {
            if (!header.IsRepeated)
            {
                Report(
                    CadenzaErrorKind.InvalidCredentialId,
                    InputMessages.UnusableItem(item.Origin!, header.Text),
                    item.Origin);
            }
        }
        else if (ErrorCatalog.ValidateId(item, " It belongs to no shard.") is CadenzaErrorReport error)
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
    private protected override void End() =>
        Runtime.WriteVerbose(FormattableString.Invariant($"Passed on {_passed} of {_objects} objects: {_shard}."));

    /// <summary>A variable that is not set must not become 0, which is the index of a shard.</summary>
    private void RejectMissing(string parameter, int? value)
    {
        if (value is null && this.IsBound(parameter))
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.NullOrEmptyValue(parameter));
        }
    }
}
