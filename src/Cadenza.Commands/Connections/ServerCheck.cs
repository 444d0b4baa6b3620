using System;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Connections;

/// <summary>Checks that a credential of the input is of the server of the connection.</summary>
internal static class ServerCheck
{
    /// <summary>
    /// Returns why the credential must not be used on this connection, as the end of a sentence, or null. Input without
    /// a server is accepted.
    /// </summary>
    public static string? Validate(in CredentialReference item, CadenzaConnection connection)
    {
        if (string.IsNullOrWhiteSpace(item.Server)
            || item.Server!.Trim().Equals(connection.Server, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string other = UriText.RemoveUserInfo(TextTruncation.Truncate(TextSanitizer.Sanitize(item.Server.Trim()), 128));
        return Messages.OtherServer(other, connection.Server);
    }
}
