using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Paging;

/// <summary>Receives the elements of all pages of a list, each one once.</summary>
internal interface IListTarget
{
    /// <summary>The name of the elements for messages, such as "credentials".</summary>
    string Elements { get; }

    /// <summary>Adds an element if it is new.</summary>
    /// <exception cref="CredentialFormatException">The element does not match the contract.</exception>
    /// <exception cref="System.Text.Json.JsonException">The element is not JSON.</exception>
    void Add(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen);

    /// <summary>Adds the error for an element that cannot be read.</summary>
    void AddError(ApiException error);

    /// <summary>Adds a warning.</summary>
    void AddWarning(string warning);

    /// <summary>Flushes the added elements.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Requests the pages of a list until its end. Detects servers that never end it.</summary>
internal sealed class PageEnumerator(
    RequestSender sender, Func<PageRequest, ApiRequest> createRequest, IListTarget target)
    : IPageTarget
{
    private readonly SeenIds _seen = new();
    private long _unreadable;

    /// <summary>Reads all pages.</summary>
    /// <exception cref="ApiException">
    /// A page failed or is incomplete. Elements that were read have been added.
    /// </exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        PageRequest? page = default(PageRequest);
        long count = 0;
        bool wasAllUnreadable = false;
        while (page is PageRequest requested)
        {
            _seen.StartPage();
            _unreadable = 0;
            PageResult result = await RequestAsync(requested, count, cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            count += result.Count;
            if (result.Truncation is not null)
            {
                throw result.Truncation;
            }

            // Unreadable rows have no ids: a page of only those counts as new, but two in a row do not.
            bool isAllUnreadable = _seen.InPage == 0 && _unreadable > 0;
            long newCount = isAllUnreadable && !wasAllUnreadable ? _unreadable : _seen.NewInPage;
            var plan = PagePlan.After(result.Pagination, requested, result.Count, newCount, target.Elements);
            wasAllUnreadable = isAllUnreadable;
            if (plan.Warning is not null)
            {
                target.AddWarning(plan.Warning);
            }

            page = plan.Next;
        }
    }

    string IPageTarget.Elements => target.Elements;

    void IPageTarget.Add(ReadOnlySpan<byte> json, SecretRedactor redactor) => target.Add(json, redactor, _seen);

    void IPageTarget.AddError(ApiException error)
    {
        _unreadable++;
        target.AddError(error);
    }

    ValueTask IPageTarget.FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    private async Task<PageResult> RequestAsync(PageRequest requested, long before, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(
                createRequest(requested),
                response => PageReader.ReadAsync(response, before, this, cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (before > 0)
        {
            throw ApiErrorFactory.TruncatedListBetweenPages(e, before, target.Elements);
        }
    }
}
