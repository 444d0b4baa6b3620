namespace Cadenza.Audit;

/// <summary>How soon somebody should see to a finding.</summary>
public enum FindingSeverity
{
    /// <summary>When there is time.</summary>
    Low,

    /// <summary>In the ordinary course of work.</summary>
    Medium,

    /// <summary>Now: something does not trade, or not as it seems.</summary>
    High,
}
