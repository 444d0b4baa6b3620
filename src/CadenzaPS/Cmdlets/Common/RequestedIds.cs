using System.Collections.Generic;
using System.Management.Automation;
using Cadenza.Client.Models;
using Cadenza.Commands.Connections;

namespace CadenzaPS.Cmdlets.Common;

/// <summary>The ids for which a command reads the list of credentials. Each id is requested once.</summary>
internal sealed class RequestedIds(CredentialInput input)
{
    private readonly List<string> _ids = [];
    private readonly HashSet<string> _seen = new(CredentialIdComparer.Instance);

    /// <summary>The ids in the order of the input; empty for all credentials.</summary>
    public IReadOnlyList<string> All => _ids;

    /// <summary>
    /// Whether the command has nothing to read: only invalid ids, a variable that is not set, or an empty pipeline must
    /// not mean "all credentials".
    /// </summary>
    public bool IsNothing => input.IsSpecified && _ids.Count == 0;

    /// <summary>Whether a credential is requested.</summary>
    public bool Contains(string credentialId) => _ids.Count == 0 || _seen.Contains(credentialId);

    /// <summary>Reads the ids of a pipeline object or of the command line.</summary>
    public void Read(string?[]? credentialIds, PSObject? inputObject, CadenzaConnection connection)
    {
        if (!input.IsSpecified)
        {
            return;
        }

        foreach (CredentialReference item in input.ReadValid(credentialIds, inputObject, connection))
        {
            if (_seen.Add(item.CredentialId!))
            {
                _ids.Add(item.CredentialId!);
            }
        }
    }
}
