using System;

namespace Cadenza.Client.Models;

/// <summary>One attempt of a request to the API, without its body and the access token.</summary>
public sealed class CadenzaRequest
{
    private volatile string? _error;

    internal CadenzaRequest(string method, string path, string server)
    {
        Method = method;
        Path = path;
        Server = server;
    }

    /// <summary>When the attempt was started, in UTC.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path and query.</summary>
    public string Path { get; }

    /// <summary>The HTTP status code; null if there was no response.</summary>
    public int? Status { get; internal init; }

    /// <summary>The time from sending to the headers of the response, or to the failure.</summary>
    public int Milliseconds { get; internal init; }

    /// <summary>The number of the attempt, from 1. A request that is sent again has a higher number.</summary>
    public int Attempt { get; internal init; }

    /// <summary>The request id from the response, or null.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>The server: its host, with the port and the path if they are not the default.</summary>
    public string Server { get; }

    /// <summary>
    /// What failed, as the word in an error id, such as ConnectionFailed, Timeout or CredentialNotFound; Canceled if
    /// the command was stopped; null if nothing failed.
    /// </summary>
    public string? Error
    {
        get => _error;
        internal set => _error = value;
    }

    /// <summary>Returns the method, the path and the status or the error.</summary>
    public override string ToString() => FormattableString.Invariant($"{Method} {Path}: {(object?)Status ?? Error}");
}
