using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cadenza.Sandbox.Http;

/// <summary>Writes the envelope around every answer, with its members in the order of the dialect's published
/// example.</summary>
internal sealed class Envelope(bool errnoFirst)
{
    private const int FlushEvery = 64 * 1024;

    // About the size of one item: a large buffer that grows by doubling would be copied several times.
    private const int BytesPerItem = 320;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // Keeps "+00:00" and letters of any language as they are; these answers are not put into HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ApiResponse Bare(Action<Utf8JsonWriter> write) => Write(HttpStatusCode.OK, 0, write);

    public static ApiResponse Failure(ApiError error, ApiCall call)
    {
        ApiResponse response = Write(error.Status, 0, json => WriteFailure(json, error, call));
        response.Allow = error.Allow;
        return response;
    }

    /// <summary>An answer that says success beside an errno which is not 0, as a broken server writes it.</summary>
    public static ApiResponse SuccessWithErrno(string errno) => Write(HttpStatusCode.OK, 0, json =>
    {
        json.WriteStartObject();
        json.WriteNull("data"u8);
        json.WriteBoolean("success"u8, value: true);
        json.WritePropertyName("errno"u8);
        json.WriteRawValue(errno);
        json.WriteNull("error"u8);
        json.WriteEndObject();
    });

    public ApiResponse Single(ApiCall call, Action<Utf8JsonWriter> writeData) =>
        Write(call.Behavior.SuccessStatus, 0, json => WriteAround(json, call, page: null, writeData));

    public ApiResponse List<T>(ApiCall call, IReadOnlyList<T> items, Page page, Action<Utf8JsonWriter, T> writeItem) =>
        Write(
            call.Behavior.SuccessStatus,
            page.Count,
            json => WriteAround(json, call, page, data => WriteItems(data, items, page, writeItem)));

    private static ApiResponse Write(HttpStatusCode status, int items, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream(512 + (items * BytesPerItem));
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(json);
        }

        return new ApiResponse(status, new ArraySegment<byte>(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteFailure(Utf8JsonWriter json, ApiError error, ApiCall call)
    {
        json.WriteStartObject();
        json.WriteNull("data"u8);
        json.WriteBoolean("success"u8, value: false);
        json.WriteNumber("errno"u8, error.Errno);
        json.WritePropertyName("error"u8);
        if (error.EscapesMessage)
        {
            json.WriteRawValue(EscapedJson.Write(error.Message));
        }
        else
        {
            json.WriteStringValue(error.Message);
        }

        if (error.Code is not null)
        {
            json.WriteStartObject("details"u8);
            json.WriteString("code"u8, error.Code);
            json.WriteString("resource"u8, call.Path);
            json.WriteString("request_id"u8, call.RequestId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteItems<T>(
        Utf8JsonWriter json, IReadOnlyList<T> items, Page page, Action<Utf8JsonWriter, T> writeItem)
    {
        json.WriteStartArray();
        for (int i = page.First; i < page.First + page.Count; i++)
        {
            writeItem(json, items[i]);
            if (json.BytesPending > FlushEvery)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void WritePagination(Utf8JsonWriter json, ApiCall call, Page page)
    {
        json.WriteStartObject("pagination"u8);
        json.WriteNumber("offset"u8, page.Offset);
        json.WriteNumber("limit"u8, page.Limit);
        if (!call.Behavior.OmitsTotal)
        {
            json.WriteNumber("total"u8, page.Total);
            json.WriteBoolean("hasNext"u8, page.HasNext);
        }

        if (page.Cursor is not null)
        {
            json.WriteString("cursor"u8, page.Cursor);
        }

        json.WriteEndObject();
    }

    private void WriteAround(Utf8JsonWriter json, ApiCall call, Page? page, Action<Utf8JsonWriter> writeData)
    {
        json.WriteStartObject();
        if (errnoFirst)
        {
            json.WriteNumber("errno"u8, 0);
            if (page is not null)
            {
                WritePagination(json, call, page);
            }
        }

        json.WritePropertyName("data"u8);
        if (call.Behavior.OmitsData)
        {
            json.WriteNullValue();
        }
        else if (call.Behavior.WritesUnreadableData)
        {
            json.WriteNumberValue(17);
        }
        else
        {
            writeData(json);
        }

        json.WriteBoolean("success"u8, value: true);
        if (!errnoFirst)
        {
            json.WriteNumber("errno"u8, 0);
        }

        json.WriteString("error"u8, call.Behavior.SuccessNote);
        if (!errnoFirst && page is not null)
        {
            WritePagination(json, call, page);
        }

        json.WriteEndObject();
    }
}
