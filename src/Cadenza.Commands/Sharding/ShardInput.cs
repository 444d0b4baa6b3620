using System;
using System.Globalization;
using Cadenza.Client.Errors;

namespace Cadenza.Commands.Sharding;

/// <summary>
/// What a caller gave to choose a shard by. Turns into a <see cref="Shard"/>, or into what is wrong with it. Nothing is guessed: a machine
/// that does not know its number must do nothing, rather than everything.
/// </summary>
public sealed class ShardInput
{
    /// <summary>The environment variable with the index that a workflow or a person sets.</summary>
    public const string IndexVariable = "CADENZA_SHARD_INDEX";

    /// <summary>The environment variable with the index that Kubernetes sets in the pods of an Indexed Job.</summary>
    public const string JobIndexVariable = "JOB_COMPLETION_INDEX";

    /// <summary>The environment variable with the count.</summary>
    public const string CountVariable = "CADENZA_SHARD_COUNT";

    private const string IndexParameter = "-Index";
    private const string CountParameter = "-Count";

    /// <summary>The index, if one was given.</summary>
    public int? Index { get; init; }

    /// <summary>The count, if one was given.</summary>
    public int? Count { get; init; }

    /// <summary>Whether what was not given is taken from environment variables.</summary>
    public bool FromEnvironment { get; init; }

    /// <summary>Completes what was given from environment variables, if they are to be used, and checks it.</summary>
    /// <param name="readVariable">Reads an environment variable; null for one that is not set.</param>
    public (Shard? Shard, CadenzaErrorReport? Error) ToShard(Func<string, string?> readVariable)
    {
        (Number? index, string? fault) = Combine(Of(IndexParameter, Index), readVariable, IndexVariable, JobIndexVariable);
        if (fault is not null)
        {
            return Wrong(fault);
        }

        (Number? count, fault) = Combine(Of(CountParameter, Count), readVariable, CountVariable);
        if (fault is not null)
        {
            return Wrong(fault);
        }

        if (index is not Number i)
        {
            return Wrong($"There is no shard index: give {IndexParameter}, or {FromEnvironmentWords} where {IndexVariable} or {JobIndexVariable} is set.");
        }

        if (count is not Number n)
        {
            return Wrong($"There is no number of shards: give {CountParameter}, or {FromEnvironmentWords} where {CountVariable} is set.");
        }

        if (n.Value is < 1 or > Shard.MaxCount)
        {
            return Wrong(FormattableString.Invariant($"{n.Source} must be 1 to {Shard.MaxCount}."));
        }

        return i.Value < 0 || i.Value >= n.Value
            ? Wrong(FormattableString.Invariant($"{i.Source} is {i.Value}, but {n.Source} is {n.Value}: indexes are 0 to {n.Value - 1}."))
            : (new Shard(i.Value, n.Value), null);
    }

    private const string FromEnvironmentWords = "-FromEnvironment";

    private static (Shard? Shard, CadenzaErrorReport? Error) Wrong(string fault) =>
        (null, ErrorCatalog.ForInput(CadenzaErrorKind.InvalidParameter, fault + " Nothing is passed on."));

    private static Number? Of(string parameter, int? value) => value is int number ? new Number(parameter, number) : null;

    /// <summary>All sources that are there must say the same: with the wrong one, some credentials would be nobody's.</summary>
    private (Number? Number, string? Fault) Combine(Number? given, Func<string, string?> readVariable, params string[] variables)
    {
        Number? found = given;
        foreach (string variable in FromEnvironment ? variables : [])
        {
            if (readVariable(variable) is not string text)
            {
                continue;
            }

            // Set and empty is what a misspelt name in a workflow or a manifest leads to. The text itself is not quoted: it may be anything.
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value))
            {
                return (null, $"The environment variable {variable} {(text.Length == 0 ? "is empty" : "holds no whole number")}.");
            }

            if (found is Number first && first.Value != value)
            {
                return (null, FormattableString.Invariant($"{first.Source} is {first.Value}, but {variable} is {value}: they must say the same."));
            }

            found ??= new Number(variable, value);
        }

        return (found, null);
    }

    private readonly record struct Number(string Source, int Value);
}
