using System;
using System.Globalization;
using System.Management.Automation;
using Cadenza.Audit;
using Cadenza.Client.Models;
using Cadenza.Client.Text;
using Cadenza.Commands.Connections;
using Cadenza.Commands.Impact;
using Cadenza.Commands.Journal;
using Cadenza.Commands.Results;
using Cadenza.Commands.Watching;

namespace CadenzaPS.Views;

/// <summary>
/// The times of the objects as PowerShell sees them: their text is ISO 8601 in every culture, so that Export-Csv writes
/// it. Otherwise, they are the same values. CadenzaPS.types.ps1xml contains one code property for each method.
/// </summary>
public static class IsoTime
{
    private static readonly PSCodeMethod ToStringMethod = new("ToString", typeof(IsoTime).GetMethod(nameof(Format)));

    /// <summary>Gets the time of creation of a credential.</summary>
    public static object? GetCreatedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CadenzaCredential)?.CreatedAt);

    /// <summary>Gets the time of the last change of a credential.</summary>
    public static object? GetUpdatedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CadenzaCredential)?.UpdatedAt);

    /// <summary>Gets the time of the last change of a credential whose impact this is.</summary>
    public static object? GetImpactUpdatedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CredentialImpact)?.UpdatedAt);

    /// <summary>Gets the time of the last change of a credential that a finding is about.</summary>
    public static object? GetFindingUpdatedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CredentialFinding)?.UpdatedAt);

    /// <summary>Gets the time of revocation of a credential.</summary>
    public static object? GetRevokedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CadenzaCredential)?.RevokedAt);

    /// <summary>Gets the time of a line of a journal.</summary>
    public static object? GetTime(PSObject instance) => Wrap((instance?.BaseObject as JournalEntry)?.Time);

    /// <summary>Gets the time of a request.</summary>
    public static object? GetRequestTime(PSObject instance) => Wrap((instance?.BaseObject as CadenzaRequest)?.Time);

    /// <summary>Gets the time at which the action of a result was started.</summary>
    public static object? GetStartedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CredentialResult)?.StartedAt);

    /// <summary>Gets the time at which the outcome of a result was known.</summary>
    public static object? GetEndedAt(PSObject instance) => Wrap((instance?.BaseObject as CredentialResult)?.EndedAt);

    /// <summary>Gets the time of an event.</summary>
    public static object? GetEventTime(PSObject instance) => Wrap((instance?.BaseObject as CredentialEvent)?.Time);

    /// <summary>Gets the earliest time of creation in a line of a journal.</summary>
    public static object? GetSince(PSObject instance) => Wrap((instance?.BaseObject as JournalEntry)?.Since);

    /// <summary>Gets the time at which the token of a connection expires.</summary>
    public static object? GetTokenExpiresAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CadenzaConnection)?.TokenExpiresAt);

    /// <summary>Gets the time at which a connection was opened.</summary>
    public static object? GetConnectedAt(PSObject instance) =>
        Wrap((instance?.BaseObject as CadenzaConnection)?.ConnectedAt);

    /// <summary>Formats a time in ISO 8601, or as DateTimeOffset.ToString does with these arguments.</summary>
    public static string Format(PSObject instance, params object?[]? arguments)
    {
        if (instance?.BaseObject is not DateTimeOffset time)
        {
            return "";
        }

        if (arguments is null || arguments.Length == 0)
        {
            return UtcTime.FormatIso(time);
        }

        IFormatProvider culture = arguments[arguments.Length - 1] as IFormatProvider ?? CultureInfo.CurrentCulture;
        return time.ToString(arguments[0] as string, culture);
    }

    private static PSObject? Wrap(DateTimeOffset? time)
    {
        if (time is null)
        {
            return null;
        }

        var wrapped = new PSObject(time.Value);
        wrapped.Methods.Add(ToStringMethod);
        return wrapped;
    }
}
