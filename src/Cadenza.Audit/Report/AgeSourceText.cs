using Cadenza.Audit.Rules;

namespace Cadenza.Audit.Report;

/// <summary>What an age is counted from, as the table of all credentials shows it.</summary>
internal static class AgeSourceText
{
    public static string Of(AuditedCredential row) => row.Origin?.Source switch
    {
        AgeSource.Rotation => "since rotation",
        AgeSource.Change => "since change",
        AgeSource.Creation => "since creation",
        _ => "",
    };
}
