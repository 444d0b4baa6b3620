using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Cadenza.Client.Interpretation;
using Cadenza.Client.Reading;
using Cadenza.Client.Sending;

namespace Cadenza.Client.Listing;

/// <summary>How reading a page ended.</summary>
/// <param name="Pagination">What the page said of itself.</param>
/// <param name="Elements">How many elements it brought, readable or not.</param>
/// <param name="CutOff">Why it ended too early, if it did after at least one element had been handed on.</param>
internal sealed record PageResult(Pagination? Pagination, long Elements, CadenzaApiException? CutOff);

/// <summary>Reads one page of a list as it arrives.</summary>
internal static class PageReader
{
    /// <summary>Hands on each element as soon as it is complete: the credential, or why it cannot be read.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="before">How many elements earlier pages brought: positions count on.</param>
    /// <param name="onCredential">Takes a credential.</param>
    /// <param name="onBadRow">Takes the error for an element that cannot be read.</param>
    /// <param name="cancellationToken">The caller's; the response knows its own deadline.</param>
    /// <exception cref="CadenzaApiException">The page failed before its first element.</exception>
    public static async Task<PageResult> ReadAsync(
        ApiResponse response, long before, Action<CadenzaCredential> onCredential, Action<CadenzaApiException> onBadRow, CancellationToken cancellationToken)
    {
        await ResponseInterpreter.ThrowIfFailedAsync(response).ConfigureAwait(false);
        using var reader = new EnvelopeReader(await response.OpenBodyAsync().ConfigureAwait(false), EnvelopeLimits.Default, response.Text);
        long elements = 0;
        string reason;
        try
        {
            while (await reader.MoveNextAsync(response.Deadline).ConfigureAwait(false))
            {
                response.ExtendDeadline(reader.Received);
                if (reader.Envelope.Data == DataShape.Array)
                {
                    elements++;
                    ReadElement(response, reader, before + elements, onCredential, onBadRow);
                }
            }

            return Finish(response, reader.Envelope, before, elements);
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
            ? throw AnswerFailure.Unreadable(response, reason)
            : new PageResult(Pagination: null, elements, AnswerFailure.CutOff(response, before + elements, reason));
    }

    private static void ReadElement(
        ApiResponse response, EnvelopeReader reader, long position, Action<CadenzaCredential> onCredential, Action<CadenzaApiException> onBadRow)
    {
        CadenzaCredential credential;
        try
        {
            credential = CredentialReader.Read(reader.Current, response.Text);
        }
        catch (CredentialFormatException e)
        {
            onBadRow(AnswerFailure.BadRow(response, position, e.Message));
            return;
        }

        onCredential(credential);
    }

    private static PageResult Finish(ApiResponse response, Envelope envelope, long before, long elements)
    {
        try
        {
            ResponseInterpreter.ThrowUnlessSuccess(response, envelope);
            return envelope.Data == DataShape.Array
                ? new PageResult(envelope.Pagination, elements, CutOff: null)
                : throw AnswerFailure.Unreadable(response, "its data is no list");
        }
        catch (CadenzaApiException e) when (elements > 0)
        {
            // Members after the data may say that the call failed after all.
            return new PageResult(Pagination: null, elements, AnswerFailure.CutOff(response, before + elements, e.Message.TrimEnd('.')));
        }
    }
}
