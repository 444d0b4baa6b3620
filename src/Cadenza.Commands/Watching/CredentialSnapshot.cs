using System;
using System.Collections.Generic;
using Cadenza.Client.Models;

namespace Cadenza.Commands.Watching;

/// <summary>All credentials of a server at one time.</summary>
/// <param name="server">The server, see <see cref="CadenzaCredential.Server"/>.</param>
/// <param name="time">When the list was read.</param>
internal sealed class CredentialSnapshot(string server, DateTimeOffset time)
{
    private readonly Dictionary<string, WatchedCredential> _rows = new(CredentialIdComparer.Instance);

    public string Server { get; } = server;

    public DateTimeOffset Time { get; } = time;

    public int Count => _rows.Count;

    public IEnumerable<WatchedCredential> Rows => _rows.Values;

    /// <summary>Adds a credential, or replaces the one with the same id.</summary>
    public void Add(WatchedCredential row) => _rows[row.Credential.CredentialId] = row;

    public bool Contains(string credentialId) => _rows.ContainsKey(credentialId);

    public bool TryFind(string credentialId, out WatchedCredential row) => _rows.TryGetValue(credentialId, out row);
}
