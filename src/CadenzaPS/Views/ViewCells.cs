using System.Management.Automation;
using System.Reflection;
using Cadenza.Commands.Impact;

namespace CadenzaPS.Views;

/// <summary>
/// The cells of the views in CadenzaPS.format.ps1xml: <c>[CadenzaPS.Views.ViewCells]::Age[$_.UpdatedAt, $Host]</c>.
/// </summary>
public static class ViewCells
{
    /// <summary>$PSStyle, which is one object per process; null in Windows PowerShell.</summary>
    private static readonly PropertyInfo? Style =
        typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance");

    /// <summary>The time since a time.</summary>
    public static ViewCell Age { get; } = new(static (value, _) => ViewText.Age(value));

    /// <summary>A time in UTC.</summary>
    public static ViewCell Time { get; } = new(static (value, _) => ViewText.Time(value));

    /// <summary>A nickname in the table of credentials.</summary>
    public static ViewCell Nickname { get; } = new(ViewText.Nickname);

    /// <summary>A venue in the table of credentials.</summary>
    public static ViewCell Venue { get; } = new(ViewText.Venue);

    /// <summary>A type in the table of credentials.</summary>
    public static ViewCell Type { get; } = new(ViewText.Type);

    /// <summary>A status in the table of credentials.</summary>
    public static ViewCell ShortStatus { get; } =
        new(static (value, host) => ViewText.ShortStatus(value, GetStyle(), host));

    /// <summary>A status.</summary>
    public static ViewCell Status { get; } = new(static (value, host) => ViewText.Status(value, GetStyle(), host));

    /// <summary>The effect of a revoke.</summary>
    public static ViewCell Effect { get; } = new(static (value, host) => ViewText.Effect(value, GetStyle(), host));

    /// <summary>The severity of a finding.</summary>
    public static ViewCell Severity { get; } = new(static (value, host) => ViewText.Severity(value, GetStyle(), host));

    /// <summary>The answer of a verification.</summary>
    public static ViewCell Answer { get; } = new(static (value, host) => ViewText.Answer(value, GetStyle(), host));

    /// <summary>The outcome of an item, or whether its keys are verified.</summary>
    public static ViewCell Outcome { get; } = new(static (value, host) => ViewText.Outcome(value, GetStyle(), host));

    /// <summary>The id of an error without its common prefix.</summary>
    public static ViewCell ErrorWord { get; } = new(static (value, _) => ViewText.ErrorWord(value));

    /// <summary>A nickname in the table of impacts.</summary>
    public static ViewCell ImpactNickname { get; } = new(ViewText.ImpactNickname);

    /// <summary>A venue in the table of impacts.</summary>
    public static ViewCell ImpactVenue { get; } = new(ViewText.ImpactVenue);

    /// <summary>The accounts in the table of impacts. The value is the impact.</summary>
    public static ViewCell ImpactAccounts { get; } = new(static (impact, host) => ViewText.ImpactAccounts(
        ViewText.Member(impact, nameof(CredentialImpact.TradingAccountCount)),
        ViewText.Member(impact, nameof(CredentialImpact.TradingAccounts)),
        host));

    /// <summary>A nickname in the table of findings.</summary>
    public static ViewCell FindingNickname { get; } = new(ViewText.FindingNickname);

    /// <summary>A venue in the table of findings.</summary>
    public static ViewCell FindingVenue { get; } = new(ViewText.FindingVenue);

    /// <summary>A nickname in the table of verifications.</summary>
    public static ViewCell VerificationNickname { get; } = new(ViewText.VerificationNickname);

    /// <summary>A venue in the table of verifications.</summary>
    public static ViewCell VerificationVenue { get; } = new(ViewText.VerificationVenue);

    /// <summary>The status of an event and the status before, if it changed. The value is the event.</summary>
    public static ViewCell EventStatus { get; } =
        new(static (item, host) => EventText.Status(item, GetStyle(), host));

    /// <summary>The nickname of an event and the nickname before, if it changed. The value is the event.</summary>
    public static ViewCell EventName { get; } = new(static (item, _) => EventText.Name(item));

    private static object? GetStyle() => Style?.GetValue(null);
}
