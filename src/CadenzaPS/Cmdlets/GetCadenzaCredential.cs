using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Commands;
using Cadenza.Commands.Listing;
using CadenzaPS.Parameters;

namespace CadenzaPS.Cmdlets;

/// <summary>Get-CadenzaCredential: lists credentials as they arrive from the server.</summary>
[Cmdlet(VerbsCommon.Get, "CadenzaCredential", HelpUri = HelpUris.GetCadenzaCredential)]
[OutputType(typeof(CadenzaCredential))]
public sealed class GetCadenzaCredential : CredentialCmdlet
{
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of the wanted credentials. Each one that does not exist is one error.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [CredentialIdTransformation]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialId { get; set; }

    /// <summary>Only credentials with one of these statuses; wildcards allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Status { get; set; }

    /// <summary>Only credentials of one of these venues; wildcards allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Venue { get; set; }

    /// <summary>Only credentials of one of these types; wildcards allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? CredentialType { get; set; }

    /// <summary>Only credentials with one of these nicknames; wildcards allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CredentialCompleter))]
    public string[]? Nickname { get; set; }

    /// <summary>Only credentials that were last changed before this time.</summary>
    [Parameter]
    public DateTimeOffset? UpdatedBefore { get; set; }

    /// <summary>At most so many credentials.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? First { get; set; }

    /// <summary>Leaves out so many credentials at the beginning.</summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long Skip { get; set; }

    private bool WantsIds => HasExplicitId || MyInvocation.ExpectingInput || InputObject is not null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        RefuseNull(nameof(UpdatedBefore), UpdatedBefore);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // All ids of the pipeline are asked for at once, at its end.
        foreach (CredentialReference item in WantsIds ? ReadItems(CredentialId) : [])
        {
            if (ErrorCatalog.ValidateId(item) is CadenzaErrorReport error)
            {
                Report(error);
            }
            else if (_seen.Add(item.CredentialId!))
            {
                _ids.Add(item.CredentialId!);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // Nothing but faulty ids, an unset variable or an empty pipeline must not turn into "all of them".
        if (WantsIds && _ids.Count == 0)
        {
            return;
        }

        var filter = new CredentialFilter
        {
            CredentialIds = _ids,
            Statuses = WithoutWildcards(Status),
            CredentialTypes = WithoutWildcards(CredentialType),
            UpdatedBefore = UpdatedBefore,
            Skip = Skip,
            First = First,
            PreFilter = CreateWordPredicate(),
            Where = CreatePredicate(),
        };
        Run(() => ListRunner.Run(CurrentConnection.GetClient(), this, filter, StopToken));
        base.EndProcessing();
    }

    private Func<CredentialTraits, bool>? CreateWordPredicate()
    {
        if (Venue is null && Status is null && CredentialType is null)
        {
            return null;
        }

        WildcardPattern[] venues = Compile(Venue);
        WildcardPattern[] statuses = Compile(Status);
        WildcardPattern[] types = Compile(CredentialType);
        return traits => IsMatch(venues, traits.Venue) && IsMatch(statuses, traits.Status) && IsMatch(types, traits.CredentialType);
    }

    private Func<CadenzaCredential, bool>? CreatePredicate()
    {
        WildcardPattern[] nicknames = Compile(Nickname);
        return nicknames.Length == 0 ? null : credential => IsMatch(nicknames, credential.Nickname);
    }

    /// <summary>The words for the server, which knows no wildcards: with one among them it is told none.</summary>
    private static string[] WithoutWildcards(string[]? words) =>
        words is null || Array.Exists(words, WildcardPattern.ContainsWildcardCharacters) ? [] : words;

    private static WildcardPattern[] Compile(string[]? patterns) =>
        patterns?.Select(static pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant)).ToArray() ?? [];

    private static bool IsMatch(WildcardPattern[] patterns, string? value) =>
        patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.IsMatch(value ?? ""));
}
