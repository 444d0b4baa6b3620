using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Errors;
using Cadenza.Client.Models;
using Cadenza.Commands.Listing;
using CadenzaPS.Cmdlets.Common;
using CadenzaPS.Errors;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>Get-CadenzaCredential: lists credentials. Each is written as soon as it arrives from the server.</summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredential", HelpUri = HelpUris.GetCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class GetCadenzaCredential : ConnectedCmdlet
{
    // The ids of all pipeline objects are requested together in End.
    private RequestedIds _ids = null!;

    /// <summary>The ids of the credentials to get. Each id that does not exist is one error.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>A credential, a row of a CSV file, a hashtable, or an id as a string.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets only credentials with one of these statuses. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Gets only credentials whose status means one of these, whatever the dialect of the server.</summary>
    [Parameter]
    [ValidateSet(
        CredentialHealth.Working,
        CredentialHealth.Waiting,
        CredentialHealth.Failed,
        CredentialHealth.Revoked,
        CredentialHealth.Other)]
    public string[]? Health { get; set; }

    /// <summary>Gets only credentials of one of these venues. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Venue { get; set; }

    /// <summary>Gets only credentials of one of these types. Accepts wildcards.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialType { get; set; }

    /// <summary>Gets only credentials with one of these nicknames. Accepts wildcards.</summary>
    [Parameter]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [TextTransformation(AllowsMany = true)]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Nickname { get; set; }

    /// <summary>Gets only credentials that were last changed before this time.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTimeOffset? UpdatedBefore { get; set; }

    /// <summary>
    /// Gets only credentials whose last change is longer ago than this: a number of hours, days or weeks, such as 90d.
    /// </summary>
    [Parameter]
    [AgeTransformation]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>The maximum number of credentials to get.</summary>
    [Parameter]
    [WholeNumberTransformation]
    [ValidateRange(0L, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>The number of credentials to skip at the beginning.</summary>
    [Parameter]
    [WholeNumberTransformation]
    [ValidateRange(0L, long.MaxValue)]
    public long Skip { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        RejectNull(nameof(UpdatedBefore), UpdatedBefore);
        RejectNull(nameof(OlderThan), OlderThan);
        RejectNull(nameof(First), First);
        if (UpdatedBefore is not null && OlderThan is not null)
        {
            Report(CadenzaErrorKind.InvalidParameter, InputMessages.TwoTimes);
        }

        Status = TextValues.Resolve(this, nameof(Status), Status);
        Venue = TextValues.Resolve(this, nameof(Venue), Venue);
        CredentialType = TextValues.Resolve(this, nameof(CredentialType), CredentialType);
        Nickname = TextValues.Resolve(this, nameof(Nickname), Nickname);
        var input = new CredentialInput(this, InputObject);
        _ids = new RequestedIds(input);
        if (input.HasExplicitId)
        {
            Runtime.ErrorProjection = NicknameHint.AddTo;
        }

        base.Begin();
    }

    /// <inheritdoc/>
    private protected override void Process() => _ids.Read(CredentialId, InputObject, CurrentConnection);

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_ids.IsNothing)
        {
            return;
        }

        if (IsUnfiltered)
        {
            ListRunner.Run(CurrentConnection.GetClient(), Runtime, CredentialFilter.All, StopToken);
            return;
        }

        var nicknames = new NicknamePatterns(Nickname ?? []);
        var conditions = new CredentialConditions(Status, Venue, CredentialType, Health);
        CredentialFilter filter = CreateFilter(nicknames, conditions);
        if (nicknames.IsAmbiguous)
        {
            WriteSelected(nicknames, filter);
        }
        else
        {
            ListRunner.Run(CurrentConnection.GetClient(), Runtime, filter, StopToken);
        }
    }

    /// <summary>Whether all credentials are listed.</summary>
    private bool IsUnfiltered => _ids.All.Count == 0 && Status is null && Venue is null && CredentialType is null
        && Nickname is null && Health is null && UpdatedBefore is null && OlderThan is null && First is null
        && Skip == 0;

    /// <summary>Lists the credentials before it selects some of them by all nicknames.</summary>
    private void WriteSelected(NicknamePatterns nicknames, CredentialFilter filter)
    {
        var all = new CollectingRuntime(Runtime);
        ListRunner.Run(CurrentConnection.GetClient(), all, filter, StopToken);
        IEnumerable<CadenzaCredential> selected = nicknames
            .Select([.. all.Items.OfType<CadenzaCredential>()], static credential => credential.Nickname);
        foreach (CadenzaCredential credential in Limit(selected))
        {
            Runtime.WriteObject(credential);
        }
    }

    /// <summary>The filter without -Skip and -First if all nicknames must be known first.</summary>
    private CredentialFilter CreateFilter(NicknamePatterns nicknames, CredentialConditions conditions) => new()
    {
        CredentialIds = _ids.All,
        Statuses = SelectForServer(Status),
        CredentialTypes = SelectForServer(CredentialType),
        Expected = (Status ?? Venue ?? CredentialType ?? Nickname) is null ? ExpectedValues.None : CreateExpected(),
        UpdatedBefore = OlderThan is TimeSpan age
            ? AgeText.TimeBefore(CurrentConnection.TimeProvider.GetUtcNow(), age)
            : UpdatedBefore,
        Skip = nicknames.IsAmbiguous ? 0 : Skip,
        First = nicknames.IsAmbiguous ? null : First,
        PreFilter = conditions.IsEmpty ? null : conditions.MayMatch,
        Where = Nickname is null && Health is null
            ? null
            : credential => conditions.HasHealth(credential)
                && (Nickname is null || nicknames.IsMatch(credential.Nickname)),
    };

    private ExpectedValues CreateExpected() => new()
    {
        Statuses = SelectPlain(Status),
        Venues = SelectPlain(Venue),
        CredentialTypes = SelectPlain(CredentialType),
        Nicknames = SelectPlain(Nickname),
        Matches = NicknamePatterns.IsMatch,
    };

    private IEnumerable<CadenzaCredential> Limit(IEnumerable<CadenzaCredential> credentials)
    {
        long number = 0;
        foreach (CadenzaCredential credential in credentials)
        {
            number++;
            if (number > Skip && (First is null || number - Skip <= First))
            {
                yield return credential;
            }
        }
    }

    /// <summary>
    /// The server supports neither wildcards nor escaped ones. If one value has them, the server does not filter.
    /// </summary>
    private static string[] SelectForServer(string[]? values) =>
        values is null || Array.Exists(values, IsPattern) ? [] : values;

    private static bool IsPattern(string value) =>
        WildcardPattern.ContainsWildcardCharacters(value) || value.IndexOf('`') >= 0;

    /// <summary>The values without wildcards. A misspelled one matches nothing.</summary>
    private static string[] SelectPlain(string[]? values) =>
        Array.FindAll(values ?? [], static value => !WildcardPattern.ContainsWildcardCharacters(value));
}
