using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Paging;

/// <summary>How reading a page ended.</summary>
/// <param name="Pagination">What the page said of itself.</param>
/// <param name="Elements">How many elements it brought, readable or not.</param>
/// <param name="Truncation">Why it ended too early, if it did after at least one element had been handed on.</param>
internal sealed record PageResult(Pagination? Pagination, long Elements, ApiException? Truncation);

/// <summary>Takes what the pages of a list bring.</summary>
internal interface IPageTarget
{
    /// <summary>What the elements are, for messages: "credentials".</summary>
    string Elements { get; }

    /// <summary>Takes an element.</summary>
    /// <exception cref="CredentialFormatException">It is not what the list is made of.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    void Take(ReadOnlySpan<byte> json, SecretRedactor redactor);

    /// <summary>Takes the error for an element that cannot be read.</summary>
    void TakeBad(ApiException error);

    /// <summary>Passes on what was taken, since more of the answer has to be waited for.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}

/// <summary>Reads one page of a list as it arrives.</summary>
internal static class PageReader
{
    /// <summary>Hands on each element as soon as it is complete.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="before">How many elements earlier pages brought: positions count on.</param>
    /// <param name="target">Takes the elements.</param>
    /// <param name="cancellationToken">The caller's; the response knows its own deadline.</param>
    /// <exception cref="ApiException">The page failed before its first element.</exception>
    public static async Task<PageResult> ReadAsync(ApiResponse response, long before, IPageTarget target, CancellationToken cancellationToken)
    {
        await ResponseInterpreter.ThrowIfFailedAsync(response).ConfigureAwait(false);
        using var reader = new EnvelopeReader(await response.OpenBodyAsync().ConfigureAwait(false), EnvelopeLimits.Default, response.Redactor);
        long elements = 0;
        long elementsAtPause = 0;
        string reason;
        try
        {
            ReadStep step;
            while ((step = reader.Advance()) != ReadStep.End)
            {
                if (step == ReadStep.NeedsMore)
                {
                    await PassOnAsync(response, target, reader.Received, cancellationToken).ConfigureAwait(false);
                    if (elements > elementsAtPause)
                    {
                        // Elements show that the answer gets on. Bytes alone may trickle for ever.
                        response.ExtendDeadline(reader.Received);
                        elementsAtPause = elements;
                    }

                    await reader.FillAsync(response.Deadline).ConfigureAwait(false);
                }
                else if (reader.Envelope.Data == DataShape.Array)
                {
                    TakeElement(response, reader, before + elements + 1, target);
                    elements++;
                }
            }

            return Finish(response, reader.Envelope, before, elements, target.Elements);
        }
        catch (JsonException)
        {
            reason = elements == 0 ? response.Describe(reader.Received) : "the JSON is broken or cut off";
        }
        catch (InvalidDataException e)
        {
            reason = e.Message;
        }
        catch (Exception e) when (elements > 0
            && (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
            && !cancellationToken.IsCancellationRequested)
        {
            reason = response.Deadline.IsCancellationRequested ? "no more of it came in time" : "the connection was lost";
        }

        // Before the page's first element nothing was handed on, so that the page can be asked for again.
        return elements == 0
            ? throw ApiErrorFactory.Unreadable(response, reason)
            : new PageResult(Pagination: null, elements, ApiErrorFactory.TruncatedList(response, before + elements, target.Elements, reason));
    }

    /// <summary>While whoever reads the list is waited for, the server's time does not run.</summary>
    private static async ValueTask PassOnAsync(ApiResponse response, IPageTarget target, long received, CancellationToken cancellationToken)
    {
        ValueTask pause = target.FlushAsync(cancellationToken);
        if (!pause.IsCompletedSuccessfully)
        {
            response.SuspendDeadline();
            await pause.ConfigureAwait(false);
            response.ExtendDeadline(received);
        }
    }

    private static void TakeElement(ApiResponse response, EnvelopeReader reader, long position, IPageTarget target)
    {
        try
        {
            target.Take(reader.Current, response.Redactor);
        }
        catch (CredentialFormatException e)
        {
            target.TakeBad(ApiErrorFactory.BadRow(response, position, e.Message));
        }
    }

    private static PageResult Finish(ApiResponse response, Envelope envelope, long before, long elements, string what)
    {
        try
        {
            ResponseInterpreter.ThrowUnlessSuccess(response, envelope);
            return envelope.Data == DataShape.Array
                ? new PageResult(envelope.Pagination, elements, Truncation: null)
                : throw ApiErrorFactory.Unreadable(response, "its data is no list");
        }
        catch (ApiException e) when (elements > 0)
        {
            // Members after the data may say that the call failed after all.
            return new PageResult(Pagination: null, elements, ApiErrorFactory.TruncatedList(response, before + elements, what, e.Message.TrimEnd('.')));
        }
    }
}
