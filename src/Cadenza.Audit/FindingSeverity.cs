namespace Cadenza.Audit;

/// <summary>The severity of a finding.</summary>
public enum FindingSeverity
{
    /// <summary>Correct it when convenient.</summary>
    Low,

    /// <summary>Correct it as part of regular maintenance.</summary>
    Medium,

    /// <summary>Correct it immediately: trading is or can be interrupted.</summary>
    High,
}
