using System;
using Cadenza.Client.Models;
using Cadenza.Client.Text;

namespace Cadenza.Commands.Watching;

/// <summary>
/// A change of a credential between two lists. <see cref="CredentialId"/>, <see cref="Venue"/> and
/// <see cref="Nickname"/> bind to the parameters of the commands that change credentials.
/// </summary>
public sealed class CredentialEvent
{
    internal CredentialEvent(string kind, DateTimeOffset time, CadenzaCredential? before, CadenzaCredential? after)
    {
        Event = kind;
        Time = time;
        Before = before;
        After = after;
    }

    /// <summary>What happened: one of the words of <see cref="CredentialEventKind"/>.</summary>
    public string Event { get; }

    /// <summary>When the change was noticed, in UTC by the clock of this computer.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The id of the credential.</summary>
    public string CredentialId => Latest.CredentialId;

    /// <summary>The venue, or null.</summary>
    public string? Venue => Latest.Venue;

    /// <summary>The nickname, or null. If the credential disappeared, its last nickname.</summary>
    public string? Nickname => Latest.Nickname;

    /// <summary>The status, or null. If the credential disappeared, its last status.</summary>
    public string? Status => Latest.Status;

    /// <summary>The status before the change; null if the credential appeared or had no status.</summary>
    public string? PreviousStatus => Before?.Status;

    /// <summary>The nickname before the change; null if the credential appeared or had no nickname.</summary>
    public string? PreviousNickname => Before?.Nickname;

    /// <summary>What the status means: one of the words of <see cref="CredentialHealth"/>.</summary>
    public string Health => Latest.Health;

    /// <summary>What the status before the change means; null if the credential appeared.</summary>
    public string? PreviousHealth => Before?.Health;

    /// <summary>The server, see <see cref="CadenzaCredential.Server"/>.</summary>
    public string? Server => Latest.Server;

    /// <summary>
    /// The credential before the change, with its id, nickname, venue, type, status, times and server only; null if it
    /// appeared.
    /// </summary>
    public CadenzaCredential? Before { get; }

    /// <summary>The credential after the change; null if it disappeared.</summary>
    public CadenzaCredential? After { get; }

    private CadenzaCredential Latest => After ?? Before!;

    /// <summary>The event and the credential on one line.</summary>
    public override string ToString() => $"{Event}: {DisplayName.Format(Venue, Nickname, CredentialId)}";
}
