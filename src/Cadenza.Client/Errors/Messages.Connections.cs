namespace Cadenza.Client.Errors;

/// <content>Connections. Without a period, except for timeouts.</content>
internal static partial class Messages
{
    public const string RefusedRequest = "The server refused the request without processing it";

    public const string TooManyConnections = "Cannot connect: this process has too many open files or connections";

    public const string BrokenProtocol = "The server's response violates the HTTP protocol";

    /// <summary>A clause.</summary>
    public const string ConnectionTimedOut = "the connection timed out";

    public static string CannotConnect(string? proxy, string reason) =>
        proxy is null ? "Cannot connect: " + reason : $"Cannot connect through the proxy {proxy}: {reason}";

    public static string ConnectionLost(string reason) =>
        "The connection was lost before the response arrived: " + reason;

    public static string ProxyRefused(string proxy, string status) =>
        $"The proxy {proxy} refused to connect to the server{status}";

    public static string CertificateRejected(string reason) => "Cannot establish a secure connection: " + reason;

    public static string NoTls(string reason) =>
        "Cannot establish a secure connection. The server may not use TLS on this port: " + reason;

    public static string ResponseTimeout(string seconds) =>
        $"The server did not send a complete response within {seconds}.";

    public static string ConnectTimeout(string seconds) =>
        $"Cannot connect: no connection was established within {seconds}.";
}
