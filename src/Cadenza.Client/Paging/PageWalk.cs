using System;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Paging;

/// <summary>Takes what a list brings over all its pages, each element once.</summary>
internal interface IListTarget
{
    /// <summary>What the elements are, for messages: "credentials".</summary>
    string Elements { get; }

    /// <summary>Takes an element if it is new.</summary>
    /// <exception cref="CredentialFormatException">It is not what the list is made of.</exception>
    /// <exception cref="System.Text.Json.JsonException">It is not JSON.</exception>
    void Take(ReadOnlySpan<byte> json, SecretRedactor redactor, SeenIds seen);

    /// <summary>Takes the error for an element that cannot be read.</summary>
    void TakeBad(ApiException error);

    /// <summary>Takes note of something that the caller should know.</summary>
    void Warn(string warning);

    /// <summary>Passes on what was taken.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Asks for page after page of a list until its end, be it that the server comes to none.</summary>
internal sealed class PageWalk(RequestSender sender, Func<PageRequest, ApiRequest> createRequest, IListTarget target) : IPageTarget
{
    private readonly SeenIds _seen = new();
    private long _broken;

    /// <summary>Walks through all pages.</summary>
    /// <exception cref="ApiException">A page failed, or broke off after some of its elements had been taken.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        PageRequest? page = default(PageRequest);
        long elements = 0;
        bool wasAllBroken = false;
        while (page is PageRequest asked)
        {
            _seen.StartPage();
            _broken = 0;
            PageResult result = await AskAsync(asked, elements, cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
            elements += result.Elements;
            if (result.Truncation is not null)
            {
                throw result.Truncation;
            }

            // Broken rows cannot be told apart: a page of nothing else counts as new once, not for ever.
            bool isAllBroken = _seen.InPage == 0 && _broken > 0;
            PagePlan plan = PagePlan.After(
                result.Pagination, asked, result.Elements, isAllBroken && !wasAllBroken ? _broken : _seen.News, target.Elements);
            wasAllBroken = isAllBroken;
            if (plan.Warning is not null)
            {
                target.Warn(plan.Warning);
            }

            page = plan.Next;
        }
    }

    string IPageTarget.Elements => target.Elements;

    void IPageTarget.Take(ReadOnlySpan<byte> json, SecretRedactor redactor) => target.Take(json, redactor, _seen);

    void IPageTarget.TakeBad(ApiException error)
    {
        _broken++;
        target.TakeBad(error);
    }

    ValueTask IPageTarget.FlushAsync(CancellationToken cancellationToken) => target.FlushAsync(cancellationToken);

    private async Task<PageResult> AskAsync(PageRequest asked, long before, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(
                createRequest(asked), response => PageReader.ReadAsync(response, before, this, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (before > 0)
        {
            throw ApiErrorFactory.TruncatedListBetweenPages(e, before, target.Elements);
        }
    }
}
