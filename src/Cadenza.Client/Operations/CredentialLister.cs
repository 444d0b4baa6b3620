using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Models;
using Cadenza.Client.Paging;
using Cadenza.Client.Security;
using Cadenza.Client.Text;

namespace Cadenza.Client.Operations;

/// <summary>
/// Lists what a filter asks for, over as many pages as there are. The server gets the filter as hints only and the filter is applied
/// again here, so that the answer is right whichever dialect the server speaks, and also where it knows no filters at all.
/// </summary>
internal sealed class CredentialLister : IListTarget
{
    /// <summary>Longer query strings are not sent, since proxies cut them off: the whole list is asked for instead.</summary>
    private const int MaxQueryLength = 2000;

    /// <summary>How many different statuses are remembered for a warning.</summary>
    private const int MaxStatuses = 32;

    private readonly RequestSender _sender;
    private readonly CredentialFilter _filter;
    private readonly IRowWriter _writer;
    private readonly InternedValues _interned = new();
    private readonly HashSet<string> _missing;
    private readonly HashSet<string> _statuses = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasElements;
    private bool _hasBroken;
    private bool _isSecondPass;
    private long _skipped;
    private long _brought;
    private CancellationTokenSource? _enough;

    public CredentialLister(RequestSender sender, CredentialFilter filter, IRowWriter writer)
    {
        _sender = sender;
        _filter = filter;
        _writer = writer;
        _missing = new HashSet<string>(filter.CredentialIds, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Lists with each row handed to <paramref name="onRow"/> as it comes, on whatever thread it comes.</summary>
    /// <exception cref="ApiException">The list failed, or broke off after some of its rows had been brought.</exception>
    public static Task ListAsync(
        RequestSender sender, CredentialFilter filter, Action<CredentialRow> onRow, CancellationToken cancellationToken) =>
        new CredentialLister(sender, filter, new CallbackRowWriter(onRow)).RunAsync(cancellationToken);

    private bool HasEnough => _filter.First is long first && _brought >= first;

    /// <summary>Brings every row; returns when the list is at its end.</summary>
    /// <exception cref="ApiException">The list failed, or broke off after some of its rows had been brought.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (HasEnough)
        {
            return;
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _enough = enough;
        try
        {
            await ListAsync(enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (HasEnough && !cancellationToken.IsCancellationRequested)
        {
            // The rest of the answer is not waited for.
        }

        if (!HasEnough)
        {
            ReportMissing();
            WarnAboutUnknownStatuses();
        }

        await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A misspelt status finds nothing, which looks like good news.</summary>
    private void WarnAboutUnknownStatuses()
    {
        foreach (string status in _filter.Statuses)
        {
            bool isPlain = status.IndexOfAny(['*', '?', '[']) < 0;
            if (isPlain && _statuses.Count > 0 && !CredentialStatus.IsKnown(status) && !_statuses.Contains(status))
            {
                _writer.Add(CredentialRow.Warn(
                    $"No credential has the status '{TextSanitizer.Sanitize(status)}'. There are: {string.Join(", ", _statuses.OrderBy(static s => s, StringComparer.Ordinal))}."));
            }
        }
    }

    private void ReportMissing()
    {
        foreach (string id in _filter.CredentialIds.Where(_missing.Remove))
        {
            // An element that cannot be read may be the wanted one.
            _writer.Add(CredentialRow.Missing(id, _hasBroken ? PerhapsNotFound(id) : NotFound(id)));
        }
    }

    private static ApiException NotFound(string id) => new(
        CadenzaErrorKind.CredentialNotFound, RequestOutcome.Rejected, $"There is no credential with id '{TextSanitizer.Sanitize(id)}'.");

    private static ApiException PerhapsNotFound(string id) => new(
        CadenzaErrorKind.BadRow,
        RequestOutcome.Unknown,
        $"Whether there is a credential with id '{TextSanitizer.Sanitize(id)}' cannot be told: the list has elements that cannot be read.");

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        ListHints hints = CreateHints(_filter);
        try
        {
            await ListPagesAsync(hints, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.Kind == CadenzaErrorKind.InvalidRequest && !hints.IsEmpty && !_hasElements)
        {
            // A server of another dialect refuses words that it does not know: ask for everything, and filter here.
            hints = ListHints.None;
            await ListPagesAsync(hints, cancellationToken).ConfigureAwait(false);
        }

        // Dialects disagree on how several ids are written. Only the whole list proves that one does not exist.
        if (hints.CredentialIds.Count > 1 && _missing.Count > 0)
        {
            _isSecondPass = true;
            await ListPagesAsync(ListHints.None, cancellationToken).ConfigureAwait(false);
        }
    }

    string IListTarget.Elements => "credentials";

    void IListTarget.Take(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        _hasElements = true;
        CredentialParser parser = CredentialParser.Read(json, redactor, _interned);
        CredentialTraits traits = parser.Traits;
        RememberStatus(traits.Status);

        // Where ids are wanted, only the credential itself tells whether it is one of them.
        bool isUnwanted = _filter.CredentialIds.Count == 0 && (HasEnough || !_filter.MayMatch(traits, parser.UpdatedAt));
        if (isUnwanted)
        {
            Remember(parser, seen);
            return;
        }

        CadenzaCredential credential = parser.Build();
        if (seen.Add(credential.CredentialId))
        {
            TakeNew(credential);
        }
    }

    /// <summary>Most ids are UUIDs, which can be told apart without making text of them.</summary>
    private static void Remember(in CredentialParser parser, SeenIds seen)
    {
        if (!seen.TryAdd(parser.RawId, out _))
        {
            seen.Add(parser.DecodeId());
        }
    }

    void IListTarget.TakeBad(ApiException error)
    {
        _hasElements = true;
        _hasBroken = true;
        if (!_isSecondPass && !HasEnough)
        {
            _writer.Add(CredentialRow.Bad(error));
        }
    }

    void IListTarget.Warn(string warning) => _writer.Add(CredentialRow.Warn(warning));

    ValueTask IListTarget.FlushAsync(CancellationToken cancellationToken) => _writer.FlushAsync(cancellationToken);

    private Task ListPagesAsync(ListHints hints, CancellationToken cancellationToken) =>
        new PageWalk(_sender, page => CredentialRequests.List(hints, page), this).RunAsync(cancellationToken);

    private void RememberStatus(string? status)
    {
        if (status is not null && _filter.Statuses.Count > 0 && _statuses.Count < MaxStatuses)
        {
            _statuses.Add(status);
        }
    }

    private void TakeNew(CadenzaCredential credential)
    {
        bool wasMissing = _missing.Remove(credential.CredentialId);
        if (HasEnough || (_isSecondPass && !wasMissing) || !_filter.Matches(credential))
        {
            return;
        }

        if (_skipped < _filter.Skip)
        {
            _skipped++;
            return;
        }

        _brought++;
        _writer.Add(CredentialRow.Of(credential));
        if (HasEnough)
        {
            _enough!.Cancel();
        }
    }

    /// <summary>
    /// Only what no server can misunderstand is told: one status or type, and in the API's own spelling, since a server may compare
    /// letter by letter. With ids wanted nothing else is told, so that "filtered out" and "does not exist" stay apart.
    /// </summary>
    private static ListHints CreateHints(CredentialFilter filter)
    {
        if (filter.CredentialIds.Count > 0)
        {
            bool isShort = filter.CredentialIds.Sum(static id => Uri.EscapeDataString(id).Length + "credentialIds=&".Length) <= MaxQueryLength;
            return isShort ? new ListHints { CredentialIds = filter.CredentialIds } : ListHints.None;
        }

        return new ListHints
        {
            Status = TheOnlyKnown(filter.Statuses, CredentialStatus.Known),
            CredentialType = TheOnlyKnown(filter.CredentialTypes, CredentialTypes.Known),
        };
    }

    private static string? TheOnlyKnown(IReadOnlyList<string> wanted, IReadOnlyList<string> known)
    {
        string? value = wanted.Count == 1 ? wanted[0].ToUpperInvariant() : null;
        return value is not null && known.Contains(value, StringComparer.Ordinal) ? value : null;
    }
}
