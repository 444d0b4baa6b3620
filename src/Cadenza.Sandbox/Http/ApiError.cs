using System.Net;

namespace Cadenza.Sandbox.Http;

/// <summary>A failure as the envelope shows it.</summary>
internal sealed class ApiError(HttpStatusCode status, int errno, string message, string? code)
{
    public HttpStatusCode Status { get; } = status;

    public int Errno { get; } = errno;

    public string Message { get; } = message;

    /// <summary>The code in the details; null omits the details.</summary>
    public string? Code { get; } = code;

    /// <summary>The method that a 405 allows.</summary>
    public string? Allow { get; set; }

    /// <summary>Whether the same request can succeed later, so that a <c>Retry-After</c> makes sense.</summary>
    public bool IsTransient { get; set; }

    /// <summary>Whether the message is written with <c>\uXXXX</c> for everything but letters and digits.</summary>
    public bool EscapesMessage { get; set; }
}
