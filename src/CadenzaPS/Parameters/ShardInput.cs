using System;
using System.Globalization;
using Cadenza.Client.Errors;
using Cadenza.Commands;
using Cadenza.Commands.Sharding;
using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>
/// The index and the number of shards from parameters and environment variables. Nothing is guessed: a computer that
/// does not know its index must process nothing, not everything.
/// </summary>
internal sealed class ShardInput
{
    /// <summary>The environment variable for the index that a user or a workflow sets.</summary>
    public const string IndexVariable = "CADENZA_SHARD_INDEX";

    /// <summary>The environment variable for the index that Kubernetes sets in the pods of an Indexed Job.</summary>
    public const string JobIndexVariable = "JOB_COMPLETION_INDEX";

    /// <summary>The environment variable for the number of shards.</summary>
    public const string CountVariable = "CADENZA_SHARD_COUNT";

    private const string IndexParameter = "-Index";
    private const string CountParameter = "-Count";
    private const string FromEnvironmentParameter = "-FromEnvironment";

    /// <summary>The value of -Index; null if it was not specified.</summary>
    public int? Index { get; init; }

    /// <summary>The value of -Count; null if it was not specified.</summary>
    public int? Count { get; init; }

    /// <summary>Whether environment variables supply what was not specified.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Returns the shard, or an error that says what is wrong with the input.</summary>
    /// <param name="readVariable">Reads an environment variable; returns null if it is not set.</param>
    public (Shard? Shard, CadenzaErrorReport? Error) ToShard(Func<string, string?> readVariable)
    {
        (Number? index, string? fault) =
            Combine(Of(IndexParameter, Index), readVariable, IndexVariable, JobIndexVariable);
        if (fault is not null)
        {
            return Invalid(fault);
        }

        (Number? count, fault) = Combine(Of(CountParameter, Count), readVariable, CountVariable);
        if (fault is not null)
        {
            return Invalid(fault);
        }

        if (index is not Number i)
        {
            return Invalid(InputMessages.MissingShardIndex(
                IndexParameter, FromEnvironmentParameter, $"{IndexVariable} or {JobIndexVariable}"));
        }

        if (count is not Number n)
        {
            return Invalid(InputMessages.MissingShardCount(
                CountParameter, FromEnvironmentParameter, CountVariable));
        }

        if (n.Value is < 1 or > Shard.MaxCount)
        {
            return Invalid(InputMessages.ShardCountOutOfRange(n.Source, Shard.MaxCount));
        }

        return i.Value < 0 || i.Value >= n.Value
            ? Invalid(InputMessages.ShardIndexOutOfRange(i.Source, i.Value, n.Source, n.Value))
            : (new Shard(i.Value, n.Value), null);
    }

    private static (Shard? Shard, CadenzaErrorReport? Error) Invalid(string fault) =>
        (null, ErrorCatalog.ForInput(CadenzaErrorKind.InvalidParameter, fault + " No object is passed on."));

    private static Number? Of(string parameter, int? value) =>
        value is int number ? new Number(parameter, number) : null;

    /// <summary>
    /// All sources must agree: with a wrong number, no computer would process some of the credentials.
    /// </summary>
    private (Number? Number, string? Fault) Combine(
        Number? specified, Func<string, string?> readVariable, params string[] variables)
    {
        Number? found = specified;
        foreach (string variable in FromEnvironment ? variables : [])
        {
            if (readVariable(variable) is not string text)
            {
                continue;
            }

            // A misspelled name in a workflow leads to an empty variable. The text is not quoted, because it may be a
            // secret.
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return (null, InputMessages.InvalidVariable(variable, isEmpty: text.Length == 0));
            }

            if (found is Number first && first.Value != value)
            {
                return (null, InputMessages.DifferentNumbers(first.Source, first.Value, variable, value));
            }

            found ??= new Number(variable, value);
        }

        return (found, null);
    }

    private readonly record struct Number(string Source, int Value);
}
