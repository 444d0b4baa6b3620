using System.Net;

namespace Cadenza.Sandbox.Http;

/// <summary>A failure as the envelope tells it.</summary>
internal sealed class ApiError(HttpStatusCode status, int errno, string message, string? code)
{
    public HttpStatusCode Status { get; } = status;

    public int Errno { get; } = errno;

    public string Message { get; } = message;

    /// <summary>The details' code; null leaves the details out.</summary>
    public string? Code { get; } = code;

    /// <summary>The method that a 405 asks for.</summary>
    public string? Allow { get; set; }
}
