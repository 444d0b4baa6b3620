namespace Cadenza.Client.Json;

/// <summary>The shape of an answer's <c>data</c> member.</summary>
internal enum DataShape
{
    Missing,
    Null,
    Array,
    Object,
    Scalar,
}

/// <summary>What the API wraps every answer in, apart from the data. Any member may be missing and they come in any order.</summary>
internal sealed class Envelope
{
    public bool? Success { get; set; }

    public long? Errno { get; set; }

    public string? Error { get; set; }

    public string? DetailsCode { get; set; }

    public string? RequestId { get; set; }

    public Pagination? Pagination { get; set; }

    public DataShape Data { get; set; }

    /// <summary>Whether it is an envelope at all: without errno and success nothing says that the call was carried out.</summary>
    public bool IsRecognizable => Success is not null || Errno is not null;

    /// <summary>Whether the server says that the call was carried out. One word against it is enough.</summary>
    public bool IsSuccess => IsRecognizable && Success != false && (Errno is null or 0);
}

/// <summary>The <c>pagination</c> member of a list's answer; any part may be missing.</summary>
internal sealed class Pagination
{
    public long? Offset { get; set; }

    public long? Limit { get; set; }

    public long? Total { get; set; }

    public string? Cursor { get; set; }

    public bool? HasNext { get; set; }
}
