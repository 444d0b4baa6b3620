using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;

namespace Cadenza.Client.Paging;

/// <summary>
/// Requests the pages of a list until its end. Detects servers that never end it, and lists that change while their
/// pages are read by offset: these are read again.
/// </summary>
internal sealed class PageEnumerator(
    RequestSender sender, Func<PageRequest, ApiRequest> createRequest, IListTarget target)
{
    /// <summary>The number of pages in a row without elements after which the next ones are requested slowly.</summary>
    private const int MaxFastEmptyPages = 100;

    private static readonly TimeSpan EmptyPageDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstRestartDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MaxRestartDelay = TimeSpan.FromSeconds(5);

    private readonly CadenzaClientOptions _options = sender.Options;
    private readonly long _began = sender.Options.TimeProvider.GetTimestamp();
    private bool _canOverlap = true;
    private bool _isHeld;
    private int _restarts;
    private readonly HashSet<Anomaly> _anomalies = [];

    /// <summary>Reads all pages.</summary>
    /// <exception cref="ApiException">
    /// A page failed or is incomplete, or the list kept changing. Elements that were read have been added.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await RestartAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            target.Release();
        }

        await target.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads all pages from the first one. Returns false if the list changed meanwhile.</summary>
    private async Task<bool> TryReadAllAsync(CancellationToken cancellationToken)
    {
        var pass = new Pass(_options.TimeProvider.GetTimestamp());
        var step = PageStep.To(PageRequest.First);
        while (step.Next is PageRequest requested)
        {
            pass.Seen.StartPage();
            PageResult result;
            try
            {
                ApiResult<PageResult> response = await sender.ExecuteAsync(
                    createRequest(requested),
                    response => PageReader.ReadAsync(response, pass.CountBefore, target, pass.Seen, cancellationToken),
                    cancellationToken).ConfigureAwait(false);
                result = response.Value;
            }
            catch (ApiException e) when (pass.Seen.Total > 0)
            {
                throw ApiErrorFactory.TruncatedListBetweenPages(e, pass.Seen.Total, target.Elements);
            }

            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            step = Advance(pass, requested, result);
            if (step.IsDelayed)
            {
                await _options.TimeProvider.DelayAsync(EmptyPageDelay, cancellationToken).ConfigureAwait(false);
            }
        }

        return step.IsComplete;
    }

    /// <summary>Decides what follows a page.</summary>
    private PageStep Advance(Pass pass, PageRequest requested, PageResult result)
    {
        if (result.Truncation is not null)
        {
            throw result.Truncation;
        }

        if (HasChanged(pass, result))
        {
            return PageStep.Changed;
        }

        bool isDelayed = CountEmptyPages(pass);
        var plan = PagePlan.After(pass.After(requested, result, _canOverlap), target.Elements);
        if (plan.Warning is not null)
        {
            target.AddWarning(plan.Warning);
            return PageStep.End;
        }

        if (!TryPrepareOffset(pass, plan.Next, requested, result))
        {
            return PageStep.Changed;
        }

        return plan.Next is not null ? PageStep.To(plan.Next, isDelayed)
            : HasAll(pass) ? PageStep.End
            : PageStep.Changed;
    }

    /// <summary>
    /// Whether an offset list has as many elements as the server reports. A total that stays wrong when the list is
    /// read again is a warning.
    /// </summary>
    private bool HasAll(Pass pass)
    {
        if (!pass.IsByOffset || pass.Total is not long total || total <= pass.Seen.Total)
        {
            return true;
        }

        if (!IsRepeated(new Anomaly(total, pass.Seen.Total, null)))
        {
            return false;
        }

        target.AddWarning(Messages.TooFewElements(total, pass.Seen.Total, target.Elements));
        return true;
    }

    /// <summary>
    /// Rows after the first page of an offset list are held: a consumer that changes them would shift the pages that
    /// follow. Returns false if the list must be read again without the server's filter, because a shift could not be
    /// noticed.
    /// </summary>
    private bool TryPrepareOffset(Pass pass, PageRequest? next, PageRequest requested, PageResult result)
    {
        pass.IsOverlapped = false;
        if (next is not { Offset: long offset })
        {
            return true;
        }

        long start = result.Pagination?.Offset ?? requested.Offset ?? 0;
        pass.IsOverlapped = offset < start + result.Count;
        pass.ExpectedOffset = offset;
        pass.IsByOffset = true;
        if (!_isHeld)
        {
            _isHeld = true;
            target.Hold();
        }

        return pass.IsOverlapped || !target.IsFilteredByServer;
    }

    /// <summary>Whether elements moved between two pages that were requested by offset.</summary>
    private bool HasChanged(Pass pass, PageResult result)
    {
        long? total = result.Pagination?.Total;
        bool hasOtherTotal = pass.ExpectedOffset is not null && total is not null && pass.Total is not null
            && total != pass.Total;
        pass.Total = total ?? pass.Total;
        if (hasOtherTotal)
        {
            return true;
        }

        bool isShifted = pass.IsOverlapped && pass.Seen.Unreadable == 0
            && (result.Count == 0 || pass.Seen.RepeatsLast == false);
        bool isOld = pass.ExpectedOffset is not null && result.Count > 0
            && pass.Seen is { NewInPage: 0, Unreadable: 0 };
        if (!isShifted && (!isOld || pass.IsOverlapped && result.Count == 1))
        {
            return false;
        }

        return !IsRepeated(new Anomaly(pass.ExpectedOffset, result.Count, pass.Seen.Last));
    }

    /// <summary>
    /// Whether the list was read twice with the same anomaly: then it is not a change but how the server works. A
    /// server that rounds offsets to its pages gets a third chance without overlapping pages.
    /// </summary>
    private bool IsRepeated(Anomaly anomaly)
    {
        if (_anomalies.Add(anomaly))
        {
            return false;
        }

        if (_canOverlap)
        {
            _canOverlap = false;
            _anomalies.Clear();
            return false;
        }

        return true;
    }

    /// <summary>Whether the next page must be delayed, because many pages in a row had no new elements.</summary>
    private bool CountEmptyPages(Pass pass)
    {
        long now = _options.TimeProvider.GetTimestamp();
        if (pass.Seen.NewInPage > 0 || pass.Seen.Unreadable > 0)
        {
            (pass.LastProgress, pass.EmptyPages) = (now, 0);
            return false;
        }

        if (_options.TimeProvider.GetElapsedTime(pass.LastProgress, now) >= _options.RetryTimeout)
        {
            string seconds = FormattableString.Invariant($"{_options.RetryTimeout.TotalSeconds:0.###} s");
            throw new ApiException(
                CadenzaErrorKind.Timeout,
                RequestOutcome.Unknown,
                Messages.NoMoreElements(target.Elements, seconds));
        }

        return ++pass.EmptyPages > MaxFastEmptyPages;
    }

    private async Task RestartAsync(CancellationToken cancellationToken)
    {
        double factor = Math.Pow(2, _restarts++);
        var delay = TimeSpan.FromTicks((long)Math.Min(MaxRestartDelay.Ticks, FirstRestartDelay.Ticks * factor));
        if (_options.TimeProvider.GetElapsedTime(_began) + delay >= _options.RetryTimeout || !target.TryRestart())
        {
            throw new ApiException(
                CadenzaErrorKind.BadResponse,
                RequestOutcome.Unknown,
                Messages.ChangedList(target.Elements));
        }

        await _options.TimeProvider.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What follows a page: another page, the end, or another reading of a list that changed.</summary>
    private sealed record PageStep(PageRequest? Next, bool IsDelayed, bool IsComplete)
    {
        public static readonly PageStep End = new(null, IsDelayed: false, IsComplete: true);

        public static readonly PageStep Changed = new(null, IsDelayed: false, IsComplete: false);

        public static PageStep To(PageRequest? next, bool isDelayed = false) =>
            new(next, isDelayed, IsComplete: false);
    }

    /// <summary>A page or a total that does not fit the pages before it.</summary>
    private sealed record Anomaly(long? Position, long Count, string? LastId);

    /// <summary>The state of one reading of the list from its first page.</summary>
    private sealed class Pass(long began)
    {
        private readonly HashSet<string> _cursors = new(StringComparer.Ordinal);
        private bool _wasAllUnreadable;

        public SeenIds Seen { get; } = new();

        /// <summary>The timestamp of the last new element.</summary>
        public long LastProgress { get; set; } = began;

        public int EmptyPages { get; set; }

        /// <summary>The number of elements before the requested page.</summary>
        public long CountBefore => Seen.Total - (IsOverlapped ? 1 : 0);

        /// <summary>The total of the last page that had one.</summary>
        public long? Total { get; set; }

        /// <summary>The requested offset, or null if pages are not requested by offset.</summary>
        public long? ExpectedOffset { get; set; }

        /// <summary>Whether any page was requested by offset.</summary>
        public bool IsByOffset { get; set; }

        /// <summary>Whether the requested page begins with the last element of the page before it.</summary>
        public bool IsOverlapped { get; set; }

        public PageState After(PageRequest requested, PageResult result, bool canOverlap)
        {
            // Unreadable elements have no ids: a page of only those counts as new, but two in a row do not.
            bool isAllUnreadable = Seen.InPage == 0 && Seen.Unreadable > 0;
            long newCount = isAllUnreadable && !_wasAllUnreadable ? Seen.Unreadable : Seen.NewInPage;
            _wasAllUnreadable = isAllUnreadable;
            string? cursor = result.Pagination?.Cursor;
            return new PageState(
                requested,
                result.Pagination,
                result.Count,
                newCount,
                Seen.Total,
                IsCursorNew: string.IsNullOrEmpty(cursor) || _cursors.Add(cursor!),
                canOverlap);
        }
    }
}
