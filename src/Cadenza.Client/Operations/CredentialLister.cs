using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
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
/// Lists the credentials that match a filter, across all pages. The server gets parts of the filter as hints. The
/// client applies the filter itself, so that the result does not depend on what the server supports.
/// </summary>
internal sealed class CredentialLister : IListTarget
{
    /// <summary>
    /// The maximum number of ids of a first page that are remembered. The API's limit is 1,000 per page.
    /// </summary>
    private const int MaxPassedOn = 10_000;

    private readonly RequestSender _sender;
    private readonly CredentialFilter _filter;
    private readonly IRowWriter _writer;
    private readonly InternedValues _interned = new();
    private readonly ReadOrigin _origin;
    private HashSet<string> _missing;
    private readonly UnknownValues? _unknown;
    private bool _hasElements;
    private bool _isIncomplete;
    private bool _isSecondPass;
    private long _skipped;
    private long _written;
    private CancellationTokenSource? _enough;
    private ListHints _hints = ListHints.None;
    private HeldRows? _held;
    private HashSet<string>? _passedOn = new(StringComparer.Ordinal);

    public CredentialLister(RequestSender sender, CredentialFilter filter, IRowWriter writer)
    {
        _sender = sender;
        _origin = sender.Connection.CreateOrigin();
        _filter = filter;
        _writer = writer;
        _unknown = UnknownValues.Find(filter);
        _missing = new HashSet<string>(filter.CredentialIds, CredentialIdComparer.Instance);
    }

    /// <summary>Lists and calls <paramref name="onRow"/> for each row as it arrives, on any thread.</summary>
    /// <exception cref="ApiException">
    /// The list failed or is incomplete. Rows that were read have been written.
    /// </exception>
    public static Task ListAsync(
        RequestSender sender,
        CredentialFilter filter,
        Action<CredentialRow> onRow,
        CancellationToken cancellationToken) =>
        new CredentialLister(sender, filter, new CallbackRowWriter(onRow)).RunAsync(cancellationToken);

    private bool HasEnough => _filter.First is long first && _written >= first;

    /// <summary>Writes every row. Completes at the end of the list.</summary>
    /// <exception cref="ApiException">
    /// The list failed or is incomplete. Rows that were read have been written.
    /// </exception>
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
            var hints = ListHints.Of(_filter, needsWholeList: _unknown is not null);
            try
            {
                await ListPagesAsync(hints, enough.Token).ConfigureAwait(false);
            }
            catch (ApiException e) when (MayHaveRejected(hints, e))
            {
                // A server of another dialect may reject unknown filters: list everything and filter here.
                hints = ListHints.None;
                await ListPagesAsync(hints, enough.Token).ConfigureAwait(false);
            }

            // The dialects encode several ids differently. Only the whole list proves that one does not exist.
            if (hints.CredentialIds.Count > 1 && _missing.Count > 0)
            {
                _isSecondPass = true;
                await ListPagesAsync(ListHints.None, enough.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (HasEnough && !cancellationToken.IsCancellationRequested)
        {
            // The rest of the response is not needed.
        }

        Finish();
        await _writer.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool MayHaveRejected(ListHints hints, ApiException failure) =>
        failure.Kind == CadenzaErrorKind.InvalidRequest && !hints.IsEmpty && !_hasElements;

    private void Finish()
    {
        if (HasEnough)
        {
            return;
        }

        if (_missing.Count > 0)
        {
            ReportMissing();
        }

        if (_hasElements && _unknown is not null)
        {
            WarnAboutUnknownValues(_unknown);
        }
    }

    /// <summary>Warns about misspelled values, which match nothing.</summary>
    private void WarnAboutUnknownValues(UnknownValues unknown)
    {
        foreach (string warning in unknown.CreateWarnings())
        {
            _writer.Add(CredentialRow.Warn(warning));
        }
    }

    private void ReportMissing()
    {
        foreach (string id in _filter.CredentialIds.Where(_missing.Remove))
        {
            // An unreadable element, or one that was not sent, may be the requested credential.
            _writer.Add(CredentialRow.Missing(id, _isIncomplete ? PossiblyNotFound(id) : NotFound(id)));
        }
    }

    private static ApiException NotFound(string id) => new(
        CadenzaErrorKind.CredentialNotFound,
        RequestOutcome.Rejected,
        Messages.NoCredential(TextSanitizer.Sanitize(id)));

    private static ApiException PossiblyNotFound(string id) => new(
        CadenzaErrorKind.BadRow,
        RequestOutcome.Unknown,
        Messages.MaybeNoCredential(TextSanitizer.Sanitize(id)));

    string IListTarget.Elements => "credentials";

    bool IListTarget.IsFilteredByServer => _hints is not { Status: null, CredentialType: null };

    void IListTarget.Add(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        _interned.CountRow();
        if (_interned.IsLongList)
        {
            AddOptimized(json, redactor, seen);
        }
        else
        {
            AddCore(json, redactor, seen);
        }
    }

    [MethodImpl(HotPath.Optimized)]
    private void AddOptimized(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen) =>
        AddCore(json, redactor, seen);

    [MethodImpl(HotPath.Inlined)]
    private void AddCore(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen)
    {
        var parser = CredentialParser.Read(json, redactor, _interned);
        CredentialTraits traits = parser.Traits;
        if (!_hasElements)
        {
            _hasElements = true;
            _sender.Connection.Dialect.ObserveCredential(
                parser.HasPageNames, parser.HasCommonNames, traits.CredentialType);
        }

        if (_unknown is not null)
        {
            Observe(_unknown, traits, parser);
        }

        bool isUnwanted = _filter.CredentialIds.Count == 0
            ? HasEnough || !_filter.MayMatch(traits, parser.UpdatedAt)
            : !_filter.HasId(parser.DecodeId());
        if (isUnwanted)
        {
            Remember(parser, seen);
            return;
        }

        CadenzaCredential credential = parser.Build(_origin);
        if (seen.Add(credential.CredentialId))
        {
            AddNew(credential);
        }
    }

    private static void Observe(UnknownValues unknown, CredentialTraits traits, in CredentialParser parser)
    {
        unknown.Observe(traits);
        if (unknown.RequireNicknames)
        {
            unknown.ObserveNickname(parser.DecodeNickname());
        }
    }

    /// <summary>Most ids are UUIDs, which can be compared without decoding them to text.</summary>
    private static void Remember(in CredentialParser parser, SeenIds seen)
    {
        if (!seen.TryAdd(parser.RawId, out _))
        {
            seen.Add(parser.DecodeId());
        }
    }

    void IListTarget.AddError(ApiException error)
    {
        _hasElements = true;
        _isIncomplete = true;
        if (!_isSecondPass && !HasEnough)
        {
            Write(CredentialRow.Bad(error));
        }
    }

    [MethodImpl(HotPath.Inlined)]
    private void Write(CredentialRow row)
    {
        if (_held is null)
        {
            _writer.Add(row);
        }
        else
        {
            _held.Add(row);
        }
    }

    /// <summary>
    /// Remembers the ids that were passed on, so that a list that is read again does not repeat them.
    /// </summary>
    [MethodImpl(HotPath.Inlined)]
    private void RememberPassedOn(string id)
    {
        if (_held is null && _passedOn?.Count < MaxPassedOn)
        {
            _passedOn.Add(id);
        }
        else if (_held is null)
        {
            _passedOn = null;
        }
    }

    void IListTarget.AddWarning(string warning)
    {
        _isIncomplete = true;
        _writer.Add(CredentialRow.Warn(warning));
    }

    void IListTarget.Hold()
    {
        _held ??= new HeldRows(_skipped, _written, _missing);
    }

    bool IListTarget.TryRestart()
    {
        if (_held is null || _passedOn is null)
        {
            return false;
        }

        (_skipped, _written, _missing) = _held.Discard();

        // Without the server's filter, a row whose status changes stays in the list.
        _hints = _hints.WithoutFilters();
        return true;
    }

    void IListTarget.Release()
    {
        if (_held is not null)
        {
            Write(_held.Take());
        }
    }

    private void Write(IEnumerable<CredentialRow> rows)
    {
        foreach (CredentialRow row in rows)
        {
            _writer.Add(row);
        }
    }

    ValueTask IListTarget.FlushAsync(CancellationToken cancellationToken) => _writer.FlushAsync(cancellationToken);

    private Task ListPagesAsync(ListHints hints, CancellationToken cancellationToken)
    {
        _hints = hints;
        return new PageEnumerator(_sender, page => CredentialRequests.List(_hints, page), this)
            .RunAsync(cancellationToken);
    }

    [MethodImpl(HotPath.Inlined)]
    private void AddNew(CadenzaCredential credential)
    {
        bool wasMissing = _missing.Remove(credential.CredentialId);
        if (HasEnough || (_isSecondPass && !wasMissing) || !_filter.Matches(credential))
        {
            return;
        }

        if (_held is not null && _passedOn?.Contains(credential.CredentialId) == true)
        {
            return;
        }

        RememberPassedOn(credential.CredentialId);
        if (_skipped < _filter.Skip)
        {
            _skipped++;
            return;
        }

        _written++;
        Write(CredentialRow.Of(credential));
        if (HasEnough)
        {
            _enough!.Cancel();
        }
    }
}
