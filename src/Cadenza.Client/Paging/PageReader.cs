using System;
using System.IO;
using System.Net.Http;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Errors;
using Cadenza.Client.Http;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Paging;

/// <summary>The result of reading a page.</summary>
/// <param name="Pagination">The pagination member of the page, or null.</param>
/// <param name="Count">The number of elements, readable or not.</param>
/// <param name="Truncation">The error if the page ended early after at least one element, or null.</param>
internal sealed record PageResult(Pagination? Pagination, long Count, ApiException? Truncation);

/// <summary>Reads a page of a list as it arrives.</summary>
internal static class PageReader
{
    /// <summary>Adds each element to the target as soon as it is complete.</summary>
    /// <param name="response">The response.</param>
    /// <param name="before">The number of elements of earlier pages, to which positions are relative.</param>
    /// <param name="target">Receives the elements.</param>
    /// <param name="seen">Counts the elements.</param>
    /// <param name="cancellationToken">The caller's cancellation token. The response has its own deadline.</param>
    /// <exception cref="ApiException">The page failed before its first element.</exception>
    public static async Task<PageResult> ReadAsync(
        ApiResponse response, long before, IListTarget target, SeenIds seen, CancellationToken cancellationToken)
    {
        await ResponseInterpreter.ThrowIfFailedAsync(response).ConfigureAwait(false);
        using var reader = new EnvelopeReader(
            await response.OpenBodyAsync().ConfigureAwait(false), EnvelopeLimits.Default, response.Redactor);
        long count = 0;
        long countAtFill = 0;
        string reason;
        try
        {
            while (AddReceived(response, reader, before, ref count, target, seen) == ReadStep.NeedsMore)
            {
                await FlushAsync(response, target, reader.Received, cancellationToken).ConfigureAwait(false);
                if (count > countAtFill)
                {
                    // Only complete elements count as progress. Single bytes may keep arriving forever.
                    response.ExtendDeadline(reader.Received);
                    countAtFill = count;
                }

                await reader.FillAsync(response.Deadline).ConfigureAwait(false);
            }

            return Finish(response, reader.Envelope, before, count, target.Elements);
        }
        catch (JsonException)
        {
            reason = count == 0 ? response.Describe(reader.Received) : Messages.InvalidJson;
        }
        catch (InvalidDataException e)
        {
            reason = e.Message;
        }
        catch (Exception e) when (count > 0
            && (e is IOException or HttpRequestException or ObjectDisposedException or OperationCanceledException)
            && !cancellationToken.IsCancellationRequested)
        {
            reason = response.Deadline.IsCancellationRequested
                ? Messages.RestTooLate
                : Messages.LostConnection;
        }

        // Before the first element nothing was added, so the page can be requested again.
        return count == 0
            ? throw ApiErrorFactory.Unreadable(response, reason)
            : new PageResult(
                Pagination: null,
                count,
                ApiErrorFactory.TruncatedList(response, before + count, target.Elements, reason));
    }

    /// <summary>Stops the attempt timeout while the target waits for the consumer.</summary>
    private static async ValueTask FlushAsync(
        ApiResponse response, IListTarget target, long received, CancellationToken cancellationToken)
    {
        ValueTask flush = target.FlushAsync(cancellationToken);
        if (!flush.IsCompletedSuccessfully)
        {
            response.SuspendDeadline();
            await flush.ConfigureAwait(false);
            response.ExtendDeadline(received);
        }
    }

    /// <summary>
    /// Adds the elements that were received. A method of its own, because the runtime compiles a loop with many rows
    /// again while it runs, and that takes longer for a larger method.
    /// </summary>
    private static ReadStep AddReceived(
        ApiResponse response, EnvelopeReader reader, long before, ref long count, IListTarget target, SeenIds seen)
    {
        ReadStep step;
        while ((step = reader.Advance()) == ReadStep.Element)
        {
            if (reader.Envelope.Data == DataShape.Array)
            {
                AddElement(response, reader, before + count + 1, target, seen);
                count++;
            }
        }

        return step;
    }

    private static void AddElement(
        ApiResponse response, EnvelopeReader reader, long position, IListTarget target, SeenIds seen)
    {
        try
        {
            target.Add(reader.Current, response.Redactor, seen);
        }
        catch (CredentialFormatException e)
        {
            seen.AddUnreadable();
            target.AddError(ApiErrorFactory.BadRow(response, position, e.Message));
        }
    }

    private static PageResult Finish(ApiResponse response, Envelope envelope, long before, long count, string elements)
    {
        try
        {
            ResponseInterpreter.ThrowUnlessSuccess(response, envelope);
            return envelope.Data == DataShape.Array
                ? new PageResult(envelope.Pagination, count, Truncation: null)
                : throw ApiErrorFactory.Unreadable(response, "its data is not an array");
        }
        catch (ApiException e) when (count > 0)
        {
            // Members after the data may report that the request failed.
            return new PageResult(
                Pagination: null,
                count,
                ApiErrorFactory.TruncatedList(response, before + count, elements, e.Message.TrimEnd('.')));
        }
    }
}
