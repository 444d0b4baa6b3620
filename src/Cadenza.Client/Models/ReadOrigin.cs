namespace Cadenza.Client.Models;

/// <summary>Where and when a credential was read.</summary>
/// <param name="server">The server, see <see cref="CadenzaCredential.Server"/>.</param>
/// <param name="connection">The connection.</param>
/// <param name="timestamp">The time provider's timestamp at the start of the request.</param>
internal sealed class ReadOrigin(string server, object connection, long timestamp)
{
    /// <summary>The server.</summary>
    public string Server { get; } = server;

    /// <summary>The connection, by identity.</summary>
    public object Connection { get; } = connection;

    /// <summary>The time provider's timestamp at the start of the request.</summary>
    public long Timestamp { get; } = timestamp;
}
