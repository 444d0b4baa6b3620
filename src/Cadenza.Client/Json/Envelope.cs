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

    /// <summary>Whether the errno is a number other than zero. It may be one that is not a valid errno.</summary>
    public bool HasFailureErrno { get; set; }

    /// <summary>Whether success or errno is neither null nor of a type that they can have.</summary>
    public bool HasUnreadableResult { get; set; }

    public string? Error { get; set; }

    public string? DetailsCode { get; set; }

    public string? RequestId { get; set; }

    public Pagination? Pagination { get; set; }

    public DataShape Data { get; set; }

    /// <summary>Whether it is an envelope of the API, which has errno or success.</summary>
    public bool IsRecognizable => Success is not null || Errno is not null || HasFailureErrno;

    /// <summary>Whether the response reports a failure. One member that does is enough.</summary>
    public bool IsFailure => Success == false || HasFailureErrno;

    /// <summary>Whether the response reports success and nothing in it contradicts.</summary>
    public bool IsSuccess => IsRecognizable && !IsFailure && !HasUnreadableResult;
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
