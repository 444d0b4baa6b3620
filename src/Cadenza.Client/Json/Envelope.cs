namespace Cadenza.Client.Json;

/// <summary>The shape of a response's <c>data</c> member.</summary>
internal enum DataShape
{
    Missing,
    Null,
    Array,
    Object,
    Scalar,
}

/// <summary>The envelope of an API response, without its data. Members may be missing and have any order.</summary>
internal sealed class Envelope
{
    public bool? Success { get; set; }

    public long? Errno { get; set; }

    public string? Error { get; set; }

    public string? DetailsCode { get; set; }

    public string? RequestId { get; set; }

    public Pagination? Pagination { get; set; }

    public DataShape Data { get; set; }

    /// <summary>Whether it is an envelope of the API, which has errno or success.</summary>
    public bool IsRecognizable => Success is not null || Errno is not null;

    /// <summary>Whether the response reports success. One member that reports a failure is enough for false.</summary>
    public bool IsSuccess => IsRecognizable && Success != false && (Errno is null or 0);
}

/// <summary>The <c>pagination</c> member of a list response. Members may be missing.</summary>
internal sealed class Pagination
{
    public long? Offset { get; set; }

    public long? Limit { get; set; }

    public long? Total { get; set; }

    public string? Cursor { get; set; }

    public bool? HasNext { get; set; }
}
