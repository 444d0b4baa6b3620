using CadenzaPS.Errors;

namespace CadenzaPS.Parameters;

/// <summary>Why the columns of a row cannot be used.</summary>
/// <param name="Text">The fault, as the rest of a sentence.</param>
/// <param name="IsRepeated">Whether the previous row had the same columns, so that it was reported.</param>
/// <param name="Missing">The column that is missing.</param>
internal sealed record ColumnFault(string Text, bool IsRepeated, string Missing)
{
    /// <summary>Returns the fault, and whether one error stands for all rows with these columns.</summary>
    public string TextFor(bool isForEachRow) => isForEachRow ? Text : $"{Text} {InputMessages.ReportedOnce}";
}
