using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Interpretation;
using Cadenza.Client.Reading;
using Cadenza.Client.Requests;
using Cadenza.Client.Sending;

namespace Cadenza.Client.Listing;

/// <summary>
/// Lists what a filter asks for, over as many pages as there are. The server gets the filter as hints only and the filter is applied
/// again here, so that the answer is right whichever dialect the server speaks, and also where it knows no filters at all.
/// </summary>
internal sealed class CredentialLister
{
    /// <summary>Ids are remembered, to tell a page that repeats, only for lists that may have pages: the API's limit is 1,000 a page.</summary>
    private const int MaxRememberedPerPage = 10_000;

    /// <summary>Longer query strings are not sent, since proxies cut them off: the whole list is asked for instead.</summary>
    private const int MaxQueryLength = 2000;

    /// <summary>How many different statuses are remembered for a warning.</summary>
    private const int MaxStatuses = 32;

    private static readonly HashSet<string> KnownStatuses = new(StringComparer.Ordinal)
    {
        "PENDING", "VERIFIED", "FAILED", "REVOKED", "ACTIVE", "CREATED", "EXPIRED", "VALIDATED", "INACTIVE", "ERROR", "UNKNOWN",
    };

    private static readonly HashSet<string> KnownTypes = new(StringComparer.Ordinal)
    {
        "EXCHANGE", "BROKER", "API_KEY", "TOKEN", "HMAC", "OAUTH", "RSA", "ED25519",
    };

    private readonly RequestSender _sender;
    private readonly CredentialFilter _filter;
    private readonly Action<CredentialRow> _onRow;
    private readonly HashSet<string> _missing;
    private readonly HashSet<string> _statuses = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasElements;
    private bool _hasBroken;
    private long _skipped;
    private long _brought;
    private CancellationTokenSource? _enough;

    public CredentialLister(RequestSender sender, CredentialFilter filter, Action<CredentialRow> onRow)
    {
        _sender = sender;
        _filter = filter;
        _onRow = onRow;
        _missing = new HashSet<string>(filter.CredentialIds, StringComparer.OrdinalIgnoreCase);
    }

    private bool HasEnough => _filter.First is long first && _brought >= first;

    /// <summary>Brings every row; returns when the list is at its end.</summary>
    /// <exception cref="CadenzaApiException">The list failed, or broke off after some of its rows had been brought.</exception>
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
            TellMissing();
            TellUnknownStatuses();
        }
    }

    /// <summary>A misspelt status finds nothing, which looks like good news.</summary>
    private void TellUnknownStatuses()
    {
        foreach (string status in _filter.Statuses)
        {
            bool isPlain = status.IndexOfAny(['*', '?', '[']) < 0;
            if (isPlain && _statuses.Count > 0 && !KnownStatuses.Contains(status.ToUpperInvariant()) && !_statuses.Contains(status))
            {
                _onRow(CredentialRow.Warn(
                    $"No credential has the status '{ServerText.Clean(status)}'. There are: {string.Join(", ", _statuses.OrderBy(static s => s, StringComparer.Ordinal))}."));
            }
        }
    }

    private void TellMissing()
    {
        foreach (string id in _filter.CredentialIds.Where(_missing.Remove))
        {
            // An element that cannot be read may be the wanted one.
            _onRow(_hasBroken ? CredentialRow.PerhapsMissing(id) : CredentialRow.Missing(id));
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        ListHints hints = CreateHints(_filter);
        try
        {
            await ListPagesAsync(hints, isSecondPass: false, cancellationToken).ConfigureAwait(false);
        }
        catch (CadenzaApiException e) when (e.Kind == CadenzaErrorKind.InvalidRequest && !hints.IsEmpty && !_hasElements)
        {
            // A server of another dialect refuses words that it does not know: ask for everything, and filter here.
            hints = ListHints.None;
            await ListPagesAsync(hints, isSecondPass: false, cancellationToken).ConfigureAwait(false);
        }

        // Dialects disagree on how several ids are written. Only the whole list proves that one does not exist.
        if (hints.CredentialIds.Count > 1 && _missing.Count > 0)
        {
            await ListPagesAsync(ListHints.None, isSecondPass: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListPagesAsync(ListHints hints, bool isSecondPass, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        PageRequest? page = default(PageRequest);
        long elements = 0;
        bool wasAllBroken = false;
        while (page is PageRequest asked)
        {
            long inPage = 0;
            long news = 0;
            long broken = 0;
            void OnCredential(CadenzaCredential credential)
            {
                _hasElements = true;

                // Beyond what is remembered, the page's beginning tells whether it is one that came before.
                if (++inPage > MaxRememberedPerPage ? news > 0 : seen.Add(credential.CredentialId))
                {
                    news++;
                    TakeNew(credential, isSecondPass);
                }
            }

            void OnBadRow(CadenzaApiException error)
            {
                _hasElements = true;
                _hasBroken = true;
                broken++;
                if (!isSecondPass && !HasEnough)
                {
                    _onRow(CredentialRow.Bad(error));
                }
            }

            PageResult result;
            try
            {
                result = await _sender.SendAsync(
                    CredentialRequests.List(hints, asked),
                    response => PageReader.ReadAsync(response, elements, OnCredential, OnBadRow, cancellationToken),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (CadenzaApiException e) when (elements > 0)
            {
                throw AnswerFailure.CutOffBetweenPages(e, elements);
            }

            elements += result.Elements;
            if (result.CutOff is not null)
            {
                throw result.CutOff;
            }

            // Broken rows cannot be told apart: a page of nothing else counts as new once, not for ever.
            bool isAllBroken = inPage == 0 && broken > 0;
            PagePlan plan = PagePlan.After(result.Pagination, asked, result.Elements, isAllBroken && !wasAllBroken ? broken : news);
            wasAllBroken = isAllBroken;
            if (plan.Warning is not null)
            {
                _onRow(CredentialRow.Warn(plan.Warning));
            }

            page = plan.Next;
        }
    }

    private void TakeNew(CadenzaCredential credential, bool isSecondPass)
    {
        if (credential.Status is not null && _filter.Statuses.Count > 0 && _statuses.Count < MaxStatuses)
        {
            _statuses.Add(credential.Status);
        }

        bool wasMissing = _missing.Remove(credential.CredentialId);
        if (HasEnough || (isSecondPass && !wasMissing) || !_filter.Matches(credential))
        {
            return;
        }

        if (_skipped < _filter.Skip)
        {
            _skipped++;
            return;
        }

        _brought++;
        _onRow(CredentialRow.Of(credential));
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
            Status = TheOnlyKnown(filter.Statuses, KnownStatuses),
            CredentialType = TheOnlyKnown(filter.CredentialTypes, KnownTypes),
        };
    }

    private static string? TheOnlyKnown(IReadOnlyList<string> words, HashSet<string> known)
    {
        string? word = words.Count == 1 ? words[0].ToUpperInvariant() : null;
        return word is not null && known.Contains(word) ? word : null;
    }
}
