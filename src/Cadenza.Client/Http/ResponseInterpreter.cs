using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Cadenza.Client.Json;
using Cadenza.Client.Security;

namespace Cadenza.Client.Http;

/// <summary>Reads an object of a response.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
internal delegate T DataReader<T>(ReadOnlySpan<byte> json, SecretRedactor redactor);

/// <summary>Reads responses: returns the result or throws the exception for a failed response.</summary>
internal static class ResponseInterpreter
{
    /// <summary>Reads a response whose data is one object.</summary>
    public static async Task<T> ReadItemAsync<T>(ApiResponse response, DataReader<T> readData)
    {
        using BufferedBody body = await ReadSmallBodyAsync(response).ConfigureAwait(false);
        return ReadItem(response, body, readData);
    }

    /// <summary>Reads a response whose data is an object or an array of objects.</summary>
    public static async Task<T> ReadElementsAsync<T>(
        ApiResponse response, Func<DataShape, IReadOnlyList<byte[]>, SecretRedactor, T> readElements)
    {
        using BufferedBody body = await ReadSmallBodyAsync(response).ConfigureAwait(false);
        (Envelope envelope, List<byte[]> elements) = ReadAll(response, body);
        try
        {
            return envelope.Data is DataShape.Object or DataShape.Array
                ? readElements(envelope.Data, elements, response.Redactor)
                : throw ApiErrorFactory.SuccessButUnreadable(response, "its data is neither an object nor an array");
        }
        catch (OtherCredentialException e)
        {
            throw ApiErrorFactory.Unreadable(response, e.Message);
        }
        catch (CredentialFormatException e)
        {
            throw ApiErrorFactory.SuccessButUnreadable(response, e.Message);
        }
    }

    /// <summary>Reads a response without data.</summary>
    public static async Task<bool> ReadAcknowledgementAsync(ApiResponse response)
    {
        using BufferedBody body = await ReadSmallBodyAsync(response).ConfigureAwait(false);
        ReadAll(response, body);
        return true;
    }

    /// <summary>Throws the exception for a response whose status is not a success.</summary>
    public static async Task ThrowIfFailedAsync(ApiResponse response)
    {
        if (!response.IsSuccessStatus)
        {
            using BufferedBody body = await ReadSmallBodyAsync(response).ConfigureAwait(false);
            ReadAll(response, body);
        }
    }

    private static async Task<BufferedBody> ReadSmallBodyAsync(ApiResponse response)
    {
        if (response.Status is >= 300 and <= 399)
        {
            throw ApiErrorFactory.Redirected(response);
        }

        try
        {
            return await response.ReadBodyAsync().ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw ApiErrorFactory.Unreadable(response, e.Message);
        }
        catch (Exception e) when ((e is IOException or System.Net.Http.HttpRequestException)
            && !response.Deadline.IsCancellationRequested)
        {
            throw ApiErrorFactory.TruncatedResponse(response);
        }
    }

    private static T ReadItem<T>(ApiResponse response, BufferedBody body, DataReader<T> readData)
    {
        (Envelope envelope, List<byte[]> elements) = ReadAll(response, body);
        try
        {
            return envelope.Data == DataShape.Object
                ? readData(elements[0], response.Redactor)
                : throw ApiErrorFactory.SuccessButUnreadable(response, "its data is not an object");
        }
        catch (CredentialFormatException e)
        {
            throw ApiErrorFactory.SuccessButUnreadable(response, e.Message);
        }
        finally
        {
            elements.ForEach(static element => Array.Clear(element, 0, element.Length));
        }
    }

    /// <summary>Reads the whole envelope first, because members after the data may report a failure.</summary>
    private static (Envelope Envelope, List<byte[]> Elements) ReadAll(ApiResponse response, BufferedBody body)
    {
        var elements = new List<byte[]>();
        Envelope envelope;
        try
        {
            using var reader = new EnvelopeReader(body.Span, EnvelopeLimits.Default, response.Redactor);
            while (reader.MoveNext())
            {
                elements.Add(reader.Current.ToArray());
            }

            envelope = reader.Envelope;
        }
        catch (JsonException)
        {
            throw ApiErrorFactory.Unreadable(response, response.Describe(body.Length));
        }

        ThrowUnlessSuccess(response, envelope);
        response.SuccessMessage = envelope.Error;
        return (envelope, elements);
    }

    /// <summary>Throws unless both the status and the envelope report success.</summary>
    public static void ThrowUnlessSuccess(ApiResponse response, Envelope envelope)
    {
        if (!envelope.IsRecognizable)
        {
            throw ApiErrorFactory.Unreadable(response, "it has neither errno nor success");
        }

        // With a success status and no other sign of a failure, the change may have been made.
        if (response.IsSuccessStatus && envelope.HasUnreadableResult && !envelope.IsFailure)
        {
            throw ApiErrorFactory.Unreadable(response, "its success or errno has an unknown value");
        }

        if (!response.IsSuccessStatus || !envelope.IsSuccess)
        {
            throw ApiErrorFactory.FromEnvelope(response, envelope);
        }
    }
}
